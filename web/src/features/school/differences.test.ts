import { describe, expect, it } from 'vitest'
import type { ModuleDefinition, Values } from '@/api/types'
import { differencesOf } from './differences'

const definition = { fields: [
  { key: 'area', type: 'decimal' }, { key: 'staff', type: 'integer' }, { key: 'pupils', type: 'integer', per: 'grade' }, { key: 'note', type: 'text' },
  { key: 'rooms', type: 'rows', columns: [{ key: 'size', type: 'integer' }] }, { key: 'phone', type: 'text' },
] } as unknown as ModuleDefinition
const of = (before: Values, after: Values, countRows = false) => differencesOf(before, after, definition, countRows)

describe('differences', () => {
  it('say what changed by how much, what is new and what is gone, the largest first', () => {
    const found = of({ area: 100, staff: 40, pupils: { g1: 30, g2: 20 }, note: 'a' }, { area: 90, staff: 80, pupils: { g1: 30, g3: 5 }, note: 'b' })
    expect(found.map((one) => [one.at, one.kind, one.share])).toEqual([
      ['staff', 'changed', 1], ['area', 'changed', -0.1], ['note', 'changed', null], ['pupils/g3', 'new', null], ['pupils/g2', 'gone', null]])
  })

  it('have no share where the one before was nothing', () => expect(of({ staff: 0 }, { staff: 5 })[0]?.share).toBeNull())

  it('go by cell within tables of one report, and by the number of rows against another cycle', () => {
    const [before, after] = [{ rooms: [{ _id: 'a', size: 3 }] }, { rooms: [{ _id: 'a', size: 4 }, { _id: 'b', size: 9 }] }] as unknown as [Values, Values]
    expect(of(before, after).map((one) => one.at)).toEqual(['rooms/a/size', 'rooms/b/size'])
    expect(of(before, after, true)).toEqual([{ at: 'rooms', kind: 'changed', before: 1, after: 2, share: 1, rows: true }])
  })

  it('say nothing of what is kept from the reader, of nothing, and of the same', () => {
    expect(of({ phone: { masked: true, digest: 'x' } } as unknown as Values, { phone: '1' }).map((one) => one.kind)).toEqual(['new'])
    expect(of({ area: 1, note: '' }, { area: 1 })).toEqual([])
  })
})
