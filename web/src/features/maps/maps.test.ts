import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Matrix, NodeChild, Outlines } from '@/api/types'
import { drawOutlines, drawTiles, neighbourOf } from './drawing'
import { letterOf, limitsOf, mapMeasuresOf, shadeOf, stepIn } from './mapMeasures'
import { childrenOf } from './childrenOf'
import { borders, countyTiles, unitOf, unitTiles } from './tiles'

const csv = (file: string) => readFileSync(join(process.cwd(), '../data', file), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','))
const counties = csv('divisions.csv').filter((line) => line[4]?.includes('county') && line[5] === 'division')
const tiles = countyTiles.flatMap((unit) => unit.tiles)

describe('the cartogram', () => {
  it('has each of the 167 counties once, under the unit that supervises it', () => {
    expect(tiles.map((tile) => tile.code).sort()).toEqual(counties.map((line) => line[0]).sort())
    for (const [code, parent, , , roles] of counties) expect(unitOf(code!)).toBe(roles?.includes('city') ? code : parent)
  })
  it('has the 14 units, Dingzhou, Xinji and Xiong\'an among them', () => {
    expect(unitTiles.map((tile) => tile.code).sort()).toEqual(countyTiles.map(({ unit }) => unit).sort())
    expect(unitTiles.map((tile) => tile.code)).toEqual(expect.arrayContaining(['130682', '130181', '133100']))
    expect(countyTiles.find(({ unit }) => unit === '133100')?.tiles.map(({ label }) => label)).toEqual(['容城', '安新', '雄县'])
  })
  it('is what the data says', () => {
    const said = [...unitTiles.map((one) => ['city', one]), ...tiles.map((one) => ['county', one])] as ['city' | 'county', (typeof tiles)[number]][]
    const lines = csv('cartogram.csv').map((line) => line.join(','))
    expect(said.map(([level, one]) => [level, one.code, one.label, one.column, one.row].join(',')).sort()).toEqual(lines.sort())
  })
  it('puts no two tiles on one place', () => {
    for (const set of [tiles, unitTiles]) expect(new Set(set.map((tile) => `${tile.column},${tile.row}`)).size).toBe(set.length)
  })
  it('keeps every unit in one piece', () => {
    for (const { unit, tiles: own } of countyTiles) {
      const left = new Set(own.map((one) => `${one.column},${one.row}`))
      const open = [`${own[0]!.column},${own[0]!.row}`]
      while (open.length) {
        const here = open.pop()!
        if (!left.delete(here)) continue
        const [column = 0, row = 0] = here.split(',').map(Number)
        open.push(`${column + 1},${row}`, `${column - 1},${row}`, `${column},${row + 1}`, `${column},${row - 1}`)
      }
      expect([...left], unit).toEqual([])
    }
  })
  it('lies as the province does: north above south, west before east', () => {
    const seats = new Map(csv('seats.csv').map(([code, east, north]) => [code!, { east: Number(east), north: Number(north) }]))
    const wrong = tiles.flatMap((a) => tiles.filter((b) => {
      const [one, other] = [seats.get(a.code)!, seats.get(b.code)!]
      return (one.north - other.north > 0.6 && a.row > b.row) || (other.east - one.east > 1 && a.column > b.column)
    }))
    expect(wrong.length / (tiles.length * tiles.length)).toBeLessThan(0.02)
  })
  it('draws a border only between units', () => {
    const unitAt = (column: number, row: number) => { const tile = tiles.find((one) => one.column === column && one.row === row); return tile && unitOf(tile.code) }
    for (const { column, row, side } of borders(tiles)) expect(unitAt(column, row)).not.toBe(side === 'right' ? unitAt(column + 1, row) : unitAt(column, row + 1))
  })
  it('shows a city by its own counties', () => {
    expect(drawTiles({ unit: '131100' }).shapes).toHaveLength(11)
    expect(drawTiles({ unit: 'nowhere' }).shapes).toEqual([])
    expect(drawTiles('counties').shapes).toHaveLength(167)
  })
})

const square = (code: string, west: number, south: number): Outlines['features'][number] => ({ id: code, geometry: { coordinates: [[[[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]]] } })

describe('an imported map', () => {
  const outlines: Outlines = { features: [square('130102', 114, 38), square('130123', 115, 38), square('130606', 116, 38)] }
  it('is drawn county by county, with lines where another unit begins', () => {
    const { shapes, lines, width, height } = drawOutlines(outlines, 'counties', (code) => code)
    expect(shapes.map(({ code }) => code)).toEqual(['130102', '130123', '130606'])
    // Twelve sides: one lies within Shijiazhuang, and one is shared by the two units.
    expect(lines.match(/M/g)).toHaveLength(9)
    expect(width).toBeGreaterThan(height)
  })
  it('puts counties together to their units', () => {
    expect(drawOutlines(outlines, 'units', (code) => code).shapes.map(({ code, path }) => [code, path.match(/M/g)?.length])).toEqual([['130100', 2], ['130600', 1]])
    expect(drawOutlines(outlines, { unit: '130600' }, (code) => code).shapes.map(({ code }) => code)).toEqual(['130606'])
  })
  it('has its names in the middle of the largest part', () => {
    const islet: Outlines['features'][number] = { id: '130102', geometry: { coordinates: [[[[120, 38], [120.1, 38], [120.1, 38.1], [120, 38]]], square('130102', 114, 38).geometry.coordinates[0]!] } }
    const [shape] = drawOutlines({ features: [islet] }, 'counties', (code) => code).shapes
    expect(shape!.x).toBeLessThan(150)
  })
})

describe('arrow keys', () => {
  const { shapes } = drawTiles('counties')
  it('lead to the neighbour, and back', () => {
    const at = (code: string) => shapes.find((one) => one.code === code)!
    const dingzhou = at('130682')
    const east = neighbourOf(shapes, dingzhou, 'ArrowRight')!
    expect(east.x - dingzhou.x).toBeCloseTo(44)
    expect(east.y).toBeCloseTo(dingzhou.y)
    expect(neighbourOf(shapes, east, 'ArrowLeft')?.code).toBe('130682')
  })
  it('reach every place from every other', () => {
    const open = [shapes[0]!]
    const reached = new Set(open.map(({ code }) => code))
    while (open.length) {
      const from = open.pop()!
      for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) {
        const next = neighbourOf(shapes, from, key)
        if (next && !reached.has(next.code)) { reached.add(next.code); open.push(next) }
      }
    }
    expect(reached.size).toBe(167)
  })
  it('lead nowhere at the edge, nor do others', () => {
    const top = shapes.reduce((a, b) => (a.y <= b.y ? a : b))
    expect(neighbourOf(shapes, top, 'ArrowUp')).toBeUndefined()
    expect(neighbourOf(shapes, top, 'Enter')).toBeUndefined()
  })
})

describe('what a map is coloured by', () => {
  const child = (value: number | null) => ({ figures: { K01: { value, light: 'green' } }, areas: [], completeness: { due: 0 } }) as unknown as NodeChild
  const [indicator] = mapMeasuresOf([], [{ id: 'K01', name: { zh: '课时', en: 'Hours' } } as never], [{ id: 'K01', later: null, unit: { zh: '节', en: 'hours' } } as never]).slice(-1)

  it('is every indicator that is computed', () => {
    expect(indicator).toMatchObject({ key: 'K01', figure: 'K01' })
    expect(indicator!.read(child(3))).toBe(3)
    expect(mapMeasuresOf([], [{ id: 'K38', name: { zh: '', en: '' } } as never], [{ id: 'K38', later: { zh: '待', en: 'later' } } as never]).some(({ key }) => key === 'K38')).toBe(false)
  })
  it('parts an indicator in fifths of what is there, and a share always alike', () => {
    expect(limitsOf(indicator!, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, null])).toEqual([3, 5, 7, 9])
    expect(limitsOf({ ...indicator!, figure: null }, [0.1])).toEqual([0.5, 0.7, 0.85, 0.95])
  })
  it('makes no steps where all are equal, and has none for what is missing', () => {
    expect(limitsOf(indicator!, [4, 4, 4, 4])).toEqual([])
    expect([stepIn([], 4), shadeOf(0, []), stepIn([3], null), letterOf(null), letterOf(4)]).toEqual([0, 2, null, '–', 'E'])
  })
})

describe('rows of a matrix', () => {
  it('are places with the figures that apply there', () => {
    const row = { id: '1', code: '130102', nameZh: '长安区', nameEn: "Chang'an", levelRoles: ['county'], values: [2, null, null], lights: ['green', 'none', 'absent'] }
    const [child] = childrenOf({ indicators: [{ id: 'K01' }, { id: 'K02' }, { id: 'K03' }], places: [row] } as unknown as Matrix)
    expect(child!.organisation.code).toBe('130102')
    expect(child!.figures).toEqual({ K01: { value: 2, light: 'green' }, K02: { value: null, light: 'none' } })
  })
})
