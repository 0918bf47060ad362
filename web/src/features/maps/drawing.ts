// What a map draws, whichever kind it is: one shape a place, with a middle to write into and to walk from with the arrow keys.
import type { Outlines } from '@/api/types'
import { borders, countyTiles, unitOf, unitTiles, type Tile } from './tiles'

/** `room`: how wide a word in it may be; of an outline nobody knows. */
export type Shape = { code: string; label: string; path: string; x: number; y: number; roomy: boolean; room?: number }
export type Drawing = { shapes: Shape[]; lines: string; width: number; height: number; tiles: boolean }

/** Of the province its units or its counties; of one unit its counties. */
export type Extent = 'units' | 'counties' | { unit: string }

const gap = 0.03
const round = 0.13

export function drawTiles(extent: Extent): Drawing {
  const tiles = extent === 'units' ? unitTiles : extent === 'counties' ? countyTiles.flatMap((one) => one.tiles) : ofUnit(extent.unit)
  const size = extent === 'units' ? 104 : extent === 'counties' ? 44 : 72
  const [left, top] = [Math.min(...tiles.map((one) => one.column)), Math.min(...tiles.map((one) => one.row))]
  const at = (one: Tile) => [(one.column - left) * size, (one.row - top) * size] as const
  const shapes = tiles.map((one) => {
    const [x, y] = at(one)
    return { code: one.code, label: one.label, path: square(x + gap * size, y + gap * size, size * (1 - 2 * gap), size * round), x: x + size / 2, y: y + size / 2, roomy: size > 60, room: size * 0.88 }
  })
  const lines = (extent === 'counties' ? borders(tiles) : []).map((one) => {
    const [x, y] = [(one.column - left) * size, (one.row - top) * size]
    return one.side === 'right' ? `M${x + size} ${y}v${size}` : `M${x} ${y + size}h${size}`
  }).join('')
  const across = (key: 'column' | 'row', from: number) => tiles.length === 0 ? 1 : (Math.max(...tiles.map((one) => one[key])) - from + 1) * size
  return { shapes, lines, width: across('column', left), height: across('row', top), tiles: true }
}

const ofUnit = (unit: string) => countyTiles.find((one) => one.unit === unit)?.tiles ?? []
const square = (x: number, y: number, size: number, r: number) => {
  const side = size - 2 * r
  return `M${x + r} ${y}h${side}q${r} 0 ${r} ${r}v${side}q0 ${r} ${-r} ${r}h${-side}q${-r} 0 ${-r} ${-r}v${-side}q0 ${-r} ${r} ${-r}z`
}

type Point = [number, number]
/** An imported map: counties as they are, or put together to their units, whose inner lines are not drawn. */
export function drawOutlines(outlines: Outlines, extent: Extent, labelOf: (code: string) => string): Drawing {
  const features = typeof extent === 'string' ? outlines.features : outlines.features.filter(({ id }) => unitOf(id) === extent.unit)
  const points = features.flatMap((feature) => feature.geometry.coordinates.flat(2))
  const [west, east, south, north] = [0, 1].flatMap((axis) => {
    let [least, most] = [Infinity, -Infinity]
    for (const point of points) { least = Math.min(least, point[axis as 0 | 1]); most = Math.max(most, point[axis as 0 | 1]) }
    return [least, most]
  }) as [number, number, number, number]
  // A degree of longitude is shorter the further north: as wide as it is in the middle of what is shown.
  const narrow = Math.cos(((south + north) / 2) * Math.PI / 180)
  const scale = 900 / Math.max((east - west) * narrow, north - south, 0.001)
  const onPage = ([x, y]: Point): Point => [Math.round((x - west) * narrow * scale * 10) / 10, Math.round((north - y) * scale * 10) / 10]
  const groups = new Map<string, Point[][]>()
  for (const { id, geometry } of features) {
    const code = extent === 'units' ? unitOf(id) : id
    groups.set(code, [...(groups.get(code) ?? []), ...geometry.coordinates.flat(1).map((ring) => ring.map(onPage))])
  }
  const shapes = [...groups].map(([code, rings]) => {
    // A county is named in its largest part; a unit in the middle of all that are put together to it.
    const parts = rings.map(middle).sort((a, b) => Math.abs(b.area) - Math.abs(a.area))
    const named = extent === 'units' ? parts : parts.slice(0, 1)
    const area = named.reduce((sum, part) => sum + Math.abs(part.area), 0)
    const among = (key: 'x' | 'y') => (area === 0 ? named[0]![key] : named.reduce((sum, part) => sum + part[key] * Math.abs(part.area), 0) / area)
    return { code, label: labelOf(code), path: rings.map(pathOf).join(''), x: among('x'), y: among('y'), roomy: area > 2500 }
  })
  return { shapes, lines: betweenUnits(features, onPage), width: (east - west) * narrow * scale, height: (north - south) * scale, tiles: false }
}

const pathOf = (ring: Point[]) => `M${ring.slice(0, -1).map(([x, y]) => `${x} ${y}`).join('L')}z`

/** Sides that two counties of different units share, or that nobody shares: the outlines of the units. Neighbours have the same points there. */
function betweenUnits(features: Outlines['features'], onPage: (point: Point) => Point) {
  const sides = new Map<string, { units: string[]; from: Point; to: Point }>()
  for (const { id, geometry } of features) {
    for (const ring of geometry.coordinates.flat(1)) {
      ring.slice(1).forEach((to, i) => {
        const from = ring[i]!
        const key = from[0] < to[0] || (from[0] === to[0] && from[1] < to[1]) ? `${from},${to}` : `${to},${from}`
        const side = sides.get(key) ?? { units: [], from, to }
        side.units.push(unitOf(id))
        sides.set(key, side)
      })
    }
  }
  return [...sides.values()].filter(({ units }) => units.length === 1 || units[0] !== units[1])
    .map(({ from, to }) => `M${onPage(from).join(' ')}L${onPage(to).join(' ')}`).join('')
}

/** Centre and area of a ring. */
function middle(ring: Point[]) {
  let [area, x, y] = [0, 0, 0]
  ring.slice(1).forEach(([bx, by], i) => {
    const [ax, ay] = ring[i]!
    const cross = ax * by - bx * ay
    area += cross / 2
    x += (ax + bx) * cross
    y += (ay + by) * cross
  })
  return area === 0 ? { x: ring[0]?.[0] ?? 0, y: ring[0]?.[1] ?? 0, area } : { x: x / (6 * area), y: y / (6 * area), area }
}

/** The place that an arrow key leads to: the nearest in that direction, straight ahead before aside. */
export function neighbourOf(shapes: Shape[], from: Shape, key: string): Shape | undefined {
  const way = ({ ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] } as Record<string, [number, number]>)[key]
  if (!way) return undefined
  const far = (to: Shape) => {
    const [dx, dy] = [to.x - from.x, to.y - from.y]
    const ahead = dx * way[0] + dy * way[1]
    return ahead <= 1 ? Infinity : ahead + 2.5 * Math.abs(dx * way[1] + dy * way[0])
  }
  const best = shapes.reduce<Shape | undefined>((found, one) => (far(one) < (found ? far(found) : Infinity) ? one : found), undefined)
  return best
}
