import { describe, expect, it } from 'vitest'
import type { ExploreCell } from '@/api/types'
import { plainOf } from './measures'
import { csvCell, csvOf } from './pivotCsv'

describe('a table as CSV', () => {
  it('is known to Excel as UTF-8', () => expect(csvOf([['县', '值'], ['长安区', '3.5']])).toBe('\uFEFF县,值\r\n长安区,3.5\r\n'))
  it('keeps commas, quotes and line ends within a cell', () => expect(csvCell('a,"b"\nc')).toBe('"a,""b""\nc"'))
  it('makes no formula of a text', () => {
    expect(['=1+1', '+1', '@A1', '-x', '\tx', '\r=1'].map(csvCell)).toEqual(["'=1+1", "'+1", "'@A1", "'-x", "'\tx", '"\'\r=1"'])
    expect(csvCell('-3.5')).toBe('-3.5')
  })

  it('writes numbers a spreadsheet counts on with', () => {
    const cell = { value: -12.5, light: 'none', numerator: 123456.789, denominator: 3, due: 8, reported: 6, approved: 3 } as ExploreCell
    expect([plainOf(cell, 'value', '%'), plainOf(cell, 'value', '元'), plainOf(cell, 'numerator', '元'), plainOf(cell, 'coverage', '元'), plainOf(null, 'value', '%')]).toEqual(['-12.5%', '-12.5', '123456.789', '75%', ''])
    expect(csvCell(plainOf(cell, 'value', '%'))).toBe('-12.5%')
  })
})
