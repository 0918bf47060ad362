#!/usr/bin/env node
// Places the counties and the units of the city level on the tiles of the province's outline: data/seats.csv says where the seats
// roughly lie, data/cartogram.csv gets the places, web/src/features/maps/tiles.json the same for the page. The same input gives the
// same places: the chance in it is counted from one seed. Run it after a change of data/divisions.csv or data/seats.csv.
import { readFileSync, writeFileSync } from 'node:fs'

const at = (path) => new URL(`../${path}`, import.meta.url)
const csv = (path) => readFileSync(at(path), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','))

// The province in tiles, with room where Beijing and Tianjin are: a tile a county, and a tile a unit.
const counties = `
..####...###...
.######..###...
.######..###...
..........#####
........#######
.......########
....##########.
..############.
.#########.....
.##########....
###########....
###########....
###########....
###########....
#########......
########.......
########.......
######.........
######.........`
const units = `
.#.#.
..###
.##..
.##..
###..
.#...
.#...`
/** Map.groupBy, for the oldest Node that the page is built with. */
function grouped(list, keyOf) {
  const groups = new Map()
  for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one])
  return groups
}

const tilesOf = (drawn) => drawn.trim().split('\n').flatMap((line, row) => [...line].flatMap((sign, column) => (sign === '#' ? [{ column, row }] : [])))

const divisions = new Map(csv('data/divisions.csv').map(([code, parent, nameZh, , roles, kind]) => [code, { parent, nameZh, roles, kind }]))
const unitOf = (code) => (divisions.get(code).roles.includes('city') ? code : divisions.get(code).parent)
// A degree of longitude is shorter than one of latitude, by the cosine of 39°.
const seats = csv('data/seats.csv').map(([code, east, north]) => ({ code, unit: unitOf(code), x: Number(east) * 0.777, y: -Number(north) }))

/** Of the same mean and spread as the tiles, so that both can be compared. */
function scaled(places, tiles) {
  const spread = (values) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return { mean, width: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) }
  }
  const [x, y, column, row] = [places.map((one) => one.x), places.map((one) => one.y), tiles.map((one) => one.column), tiles.map((one) => one.row)].map(spread)
  return places.map((one) => ({ ...one, x: ((one.x - x.mean) / x.width) * column.width + column.mean, y: ((one.y - y.mean) / y.width) * row.width + row.mean }))
}

/** Neighbours: two places with no third in the circle between them (Gabriel). */
function neighbours(places) {
  const pairs = []
  places.forEach((a, i) => places.slice(i + 1).forEach((b, k) => {
    const [x, y, r] = [(a.x + b.x) / 2, (a.y + b.y) / 2, ((a.x - b.x) ** 2 + (a.y - b.y) ** 2) / 4]
    if (!places.some((c) => c !== a && c !== b && (c.x - x) ** 2 + (c.y - y) ** 2 < r)) pairs.push([i, i + 1 + k])
  }))
  return pairs
}

function randomFrom(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Two places change tiles as long as it brings them nearer to where they lie, to their neighbours, and keeps each unit in one piece. */
function placed(given, tiles, steps) {
  const random = randomFrom(130000)
  const places = scaled(given, tiles)
  const pairs = neighbours(places)
  const around = places.map((_, i) => pairs.filter((pair) => pair.includes(i)).map(([a, b]) => (a === i ? b : a)))
  const tile = []
  // To begin with row by row: the northernmost places on the first row, from west to east.
  const byRow = places.map((_, i) => i).sort((a, b) => places[a].y - places[b].y)
  for (const row of new Set(tiles.map((one) => one.row))) {
    const here = tiles.filter((one) => one.row === row)
    byRow.splice(0, here.length).sort((a, b) => places[a].x - places[b].x).forEach((i, k) => { tile[i] = here[k] })
  }
  const byUnit = grouped([...places.keys()], (i) => places[i].unit)
  // One column more than there is, so that no row's end touches the next row's beginning.
  const width = Math.max(...tiles.map((one) => one.column)) + 2
  const seen = new Uint32Array(width * (Math.max(...tiles.map((one) => one.row)) + 3))
  let look = 0
  /** Tiles of a unit that do not hang together with most of it. */
  const stray = (unit) => {
    const own = byUnit.get(unit)
    look += 2
    const here = own.map((i) => tile[i].column + width * (tile[i].row + 1))
    for (const spot of here) seen[spot] = look
    let largest = 0
    for (const start of here) {
      if (seen[start] !== look) continue
      let size = 0
      const open = [start]
      seen[start] = look + 1
      while (open.length) {
        const spot = open.pop()
        size++
        for (const next of [spot + 1, spot - 1, spot + width, spot - width]) {
          if (seen[next] !== look) continue
          seen[next] = look + 1
          open.push(next)
        }
      }
      largest = Math.max(largest, size)
    }
    return here.length - largest
  }
  const cost = (i) => {
    const [p, t] = [places[i], tile[i]]
    let sum = 0.35 * ((t.column - p.x) ** 2 + (t.row - p.y) ** 2)
    for (const k of around[i]) {
      const [dx, dy, gx, gy] = [tile[k].column - t.column, tile[k].row - t.row, places[k].x - p.x, places[k].y - p.y]
      const far = Math.hypot(dx, dy)
      sum += (far - 1) ** 2 + 2 * (1 - (dx * gx + dy * gy) / (far * Math.hypot(gx, gy) || 1))
    }
    return sum
  }
  const apart = 60
  for (let step = 0; step < steps; step++) {
    const heat = 12 * (1 - step / steps) ** 2 + 0.001
    const a = Math.floor(random() * places.length)
    const b = random() < 0.7 ? around[a][Math.floor(random() * around[a].length)] : Math.floor(random() * places.length)
    if (a === b) continue
    const [one, other] = [places[a].unit, places[b].unit]
    const torn = () => (one === other ? 0 : apart * (stray(one) + stray(other)))
    const swap = () => ([tile[a], tile[b]] = [tile[b], tile[a]])
    let gain = cost(a) + cost(b)
    swap()
    gain -= cost(a) + cost(b)
    // Most changes are no good already; only of the others it is worth knowing what they tear.
    const limit = heat * Math.log(random())
    if (gain < limit - 2 * apart) { swap(); continue }
    const now = torn()
    swap()
    gain += torn() - now
    if (gain >= limit) swap()
  }
  const broken = [...byUnit.keys()].filter((unit) => stray(unit) > 0)
  if (broken.length) throw new Error(`not in one piece: ${broken.join(', ')}`)
  return new Map(places.map((one, i) => [one.code, tile[i]]))
}

/** 长安区 is 长安; a name of one character keeps its 县, and two names keep what people call them by. */
const usual = { 133100: '雄安', 130804: '营子', 130107: '矿区', 130406: '峰峰' }
function label(code) {
  const name = divisions.get(code).nameZh
  const short = name.replace(/(满族蒙古族|满族|回族|蒙古族)?(自治县|新区|市|区|县)$/, '')
  return usual[code] ?? (short.length > 1 ? short : name)
}

const ofUnits = [...grouped(seats, (one) => one.unit)].map(([code, own]) => ({
  code, unit: code, x: own.reduce((sum, one) => sum + one.x, 0) / own.length, y: own.reduce((sum, one) => sum + one.y, 0) / own.length }))
const byCode = ([a], [b]) => a.localeCompare(b)
const unitTiles = [...placed(ofUnits, tilesOf(units), 400_000)].sort(byCode)
const countyTiles = [...placed(seats, tilesOf(counties), 2_000_000)].sort(byCode)

const row = (level) => ([code, { column, row: line }]) => [level, code, label(code), column, line].join(',')
writeFileSync(at('data/cartogram.csv'), ['level,code,label,column,row', ...unitTiles.map(row('city')), ...countyTiles.map(row('county')), ''].join('\n'))
const placedAs = ([code, { column, row: line }]) => [code, label(code), column, line]
const ofEach = Object.fromEntries([...grouped(countyTiles, ([code]) => unitOf(code))].sort(byCode).map(([unit, own]) => [unit, own.map(placedAs)]))
writeFileSync(at('web/src/features/maps/tiles.json'),
  `{\n"units": ${JSON.stringify(unitTiles.map(placedAs))},\n"counties": {\n${Object.entries(ofEach).map(([unit, own]) => `"${unit}": ${JSON.stringify(own)}`).join(',\n')}\n}\n}\n`)
