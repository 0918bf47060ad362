import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { NodeChild } from '@/api/types'
import { borders, countyTiles, unitTiles } from './cartogram'
import { measuresOf, measureText, ranked, stepOf } from './measures'

const divisions = readFileSync(join(process.cwd(), '../data/divisions.csv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','))
const counties = divisions.filter((line) => line[4]?.includes('county') && line[5] === 'division')

describe('the cartogram', () => {
  const tiles = countyTiles.flatMap((unit) => unit.tiles)

  it('has each of the 167 counties once, under the unit that supervises it', () => {
    expect(tiles.map((tile) => tile.code).sort()).toEqual(counties.map((line) => line[0]).sort())
    for (const [code, parent, , , roles] of counties) {
      const unit = countyTiles.find((one) => one.tiles.some((tile) => tile.code === code))
      expect(unit?.code).toBe(roles?.includes('city') ? code : parent)
    }
  })
  it('has the 14 units', () => expect(unitTiles.map((tile) => tile.code).sort()).toEqual(countyTiles.map((unit) => unit.code).sort()))
  it('puts no two tiles on one place', () => {
    for (const set of [tiles, unitTiles]) expect(new Set(set.map((tile) => `${tile.column},${tile.row}`)).size).toBe(set.length)
  })
  it('keeps every unit in one piece', () => {
    for (const unit of countyTiles) {
      const places = new Set(unit.tiles.map((tile) => `${tile.column},${tile.row}`))
      const reached = new Set<string>()
      const walk = (column: number, row: number) => {
        const place = `${column},${row}`
        if (!places.has(place) || reached.has(place)) return
        reached.add(place)
        for (const [right, down] of [[1, 0], [-1, 0], [0, 1], [0, -1]] as const) walk(column + right, row + down)
      }
      walk(unit.tiles[0]!.column, unit.tiles[0]!.row)
      expect(reached.size, unit.code).toBe(places.size)
    }
  })
  it('draws a border only between units', () => {
    const unitAt = (column: number, row: number) => countyTiles.find((unit) => unit.tiles.some((tile) => tile.column === column && tile.row === row))?.code
    for (const { column, row, side } of borders(countyTiles)) {
      expect(unitAt(column, row)).not.toBe(side === 'right' ? unitAt(column + 1, row) : unitAt(column, row + 1))
    }
  })
})

describe('measures', () => {
  const child = (code: string, rate: number | null, score: number | null): NodeChild => ({
    organisation: { id: code, code, nameZh: code, nameEn: code }, index: { value: score, light: 'none' }, figures: {},
    areas: [{ key: 'curriculum', score, light: 'amber' }],
    completeness: { schools: 1, due: 10, submitted: 5, onTime: 5, late: 0, countyApproved: 0, cityApproved: 0, accepted: 2, returned: 0, rate, timelyRate: rate },
  })
  const [rate, , accepted, index, area] = measuresOf([{ key: 'curriculum', name: { zh: '课程', en: 'Curriculum' }, weight: 30 }])

  it('are shares on one scale', () => {
    expect([rate!.read(child('1', 0.5, 80)), accepted!.read(child('1', 0.5, 80)), index!.read(child('1', 0.5, 80)), area!.read(child('1', 0.5, 80))]).toEqual([0.5, 0.2, 0.8, 0.8])
  })
  it('keep missing apart from nought', () => {
    expect(stepOf(null)).toBeNull()
    expect(stepOf(0)).toBe(0)
    expect(stepOf(1)).toBe(4)
    expect(measureText(rate!, null, 'en')).toBe('–')
    expect(measureText(index!, 0.834, 'en')).toBe('83.4')
  })
  it('rank best first and the missing last', () => {
    expect(ranked([child('1', null, 1), child('2', 0.2, 1), child('3', 0.9, 1)], rate!).map(({ child: one }) => one.organisation.code)).toEqual(['3', '2', '1'])
  })
})
