import { describe, expect, it } from 'vitest'
import type { Figure, NodeChild, NodeDashboard } from '@/api/types'
import { reachedOf } from './figureWords'
import { fromAbove } from './fromAbove'
import { heatRows, paperBlocks } from './heat'

const child = (id: string, values: Record<string, number | null>) => ({
  organisation: { id, code: id, nameZh: id, nameEn: id }, completeness: { due: 10 }, areas: [], index: { value: 1, light: 'red' },
  figures: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, light: 'none' }])),
}) as unknown as NodeChild
const figure = (id: string, target: number | null, direction: Figure['direction']) => ({ id, target, direction, later: null }) as unknown as Figure
const steps = (children: NodeChild[], one: Figure) => heatRows(children, [one]).map(({ cells }) => cells[0]!.step)

describe('the heat of a cell', () => {
  it('is how much of the target is reached', () => {
    expect(steps([100, 95, 85, 70, 10].map((value, at) => child(String(at), { K01: value })), figure('K01', 100, 'up'))).toEqual([4, 3, 2, 1, 0])
    expect(steps([0, 2].map((value, at) => child(String(at), { K06: value })), figure('K06', 0, 'down'))).toEqual([4, 0])
  })
  it('is the place among the others where there is no target, best darkest', () => {
    const children = [1, 2, 3, 4, 5].map((value) => child(String(value), { K27: value, K15: value }))
    expect(steps(children, figure('K27', null, 'up'))).toEqual([0, 1, 2, 3, 4])
    expect(steps(children, figure('K15', null, 'down'))).toEqual([4, 3, 2, 1, 0])
    expect(steps([child('1', { K27: 7 })], figure('K27', null, 'up'))).toEqual([4])
  })
  it('is best at the middle of a band', () => expect(steps([100, 88, 130, 300].map((value, at) => child(String(at), { K30: value })), figure('K30', 100, 'band'))).toEqual([4, 3, 1, 0]))
  it('is none where there is no figure, which is not nought', () => {
    expect(steps([child('1', { K01: null }), child('2', {}), child('3', { K01: 0 })], figure('K01', 100, 'up'))).toEqual([null, null, 0])
    expect(reachedOf(0, 0, 'up')).toBe(1)
    expect(reachedOf(null, 100, 'up')).toBeNull()
  })
})

describe('the heat on paper', () => {
  it('comes in tables of ten columns at most, none much narrower, each column once', () => {
    const blocks = paperBlocks(Array.from({ length: 37 }, (_, at) => at))
    expect(blocks.map(({ length }) => length)).toEqual([9, 10, 9, 9])
    expect(blocks.flat()).toEqual(Array.from({ length: 37 }, (_, at) => at))
    expect(paperBlocks([1, 2])).toEqual([[1, 2]])
    expect(paperBlocks([])).toEqual([])
  })
})

describe('going down', () => {
  const above = { cycleId: 'c', asOf: '2026-09-15T00:00:00Z', organisation: { id: 'p', code: '13', nameZh: '河北省', nameEn: 'Hebei' }, parents: [], children: [child('one', {}), child('two', {})] } as unknown as NodeDashboard

  it('begins with the numbers that were clicked on, and the way back', () => {
    const page = fromAbove([undefined, above], 'two')!
    expect([page.organisation.id, page.completeness.due, page.cycleId, page.children]).toEqual(['two', 10, 'c', []])
    expect(page.parents.map(({ id }) => id)).toEqual(['p'])
  })
  it('invents nothing where no page knows the place', () => expect(fromAbove([above], 'three')).toBeUndefined())
})
