import { describe, expect, it } from 'vitest'
import { bandName, cellOf, heat, sortedRows, sumOf } from './board'
import type { BoardCell, BoardRow } from '@/api/types'

const cell = (band: number, reports: number, state: BoardCell['state'] = 'county-review'): BoardCell => ({ state, band, reports, modules: reports, extended: 0 })
const row = (code: string, ...cells: BoardCell[]): BoardRow => ({ organisationId: code, code, nameZh: code, nameEn: code, hasChildren: true, cells, exempt: 0 })

describe('the board', () => {
  it('finds and adds up the cells of one state', () => {
    const cells = [cell(0, 2), cell(4, 1), cell(4, 7, 'returned')]
    expect([cellOf(cells, 'county-review', 4), cellOf(cells, 'county-review', 1), sumOf(cells, 'county-review')]).toEqual([1, 0, 3])
  })

  it('shows who has held something longest first, and leaves out who holds nothing', () => {
    const rows = [row('c', cell(0, 9)), row('a', cell(0, 1), cell(3, 1)), row('b', cell(4, 1)), row('d', cell(4, 1, 'returned')), row('e', cell(0, 9))]
    expect(sortedRows(rows, 'county-review').map((one) => one.code)).toEqual(['b', 'a', 'c', 'e'])
  })

  it('names its columns and colours only what is there', () => {
    expect([bandName({ from: 0, to: 1 }), bandName({ from: 15, to: null })]).toEqual(['0–1', '> 14'])
    expect([heat(4, 0), heat(0, 1), heat(2, 1), heat(4, 1)]).toEqual(['none', 'calm', 'warm', 'hot'])
  })
})
