import { describe, expect, it } from 'vitest'
import type { SetAsideCell } from '@/api/types'
import { asideCsv, asideText } from './setAside'

const cell = (value: unknown): SetAsideCell => ({ at: 'area', value, rule: null, name: { zh: '面积', en: 'Area' }, programmeVersion: '2026.1', setAsideAt: '2026-11-22T15:00:00Z' })

describe('what was set aside', () => {
  it('reads as words, whatever it was', () => {
    expect([12.5, true, 'a', ['a', 'b'], { _id: 'r1', level: 'city', year: 2026 }, null].map(asideText)).toEqual(['12.5', '✓', 'a', 'a、b', 'level: city; year: 2026', ''])
  })

  it('goes into a sheet that Excel reads, and no cell of it is a formula', () => {
    const csv = asideCsv([cell('=1+1'), cell('he said "no"')])
    expect(csv.startsWith('\uFEFF')).toBe(true)
    expect(csv).toContain('"\'=1+1"')
    expect(csv).toContain('"he said ""no"""')
    expect(csv.trimEnd().split('\r\n')).toHaveLength(3)
  })
})
