import { describe, expect, it } from 'vitest'
import { faultsOf, suggestDraft, toCycle } from './cycleDraft'

const draft = suggestDraft(new Date('2026-11-22T17:00:00Z'), null)

describe('a new cycle', () => {
  it('starts in the running semester, by the day of the province', () => {
    expect(draft).toMatchObject({ academicYear: '2026-2027', term: 'autumn', start: '2026-09-01', opensOn: '2026-11-23', fiscalYear: 2025 })
    expect(suggestDraft(new Date('2027-03-01T00:00:00Z'), null)).toMatchObject({ academicYear: '2026-2027', term: 'spring' })
  })
  it('has deadlines that end with their day', () => {
    expect(toCycle(draft, 'labor-education').deadlines.school).toBe('2026-12-13T23:59:59+08:00')
    expect(toCycle(draft, 'labor-education').opensAt).toBe('2026-11-23T00:00:00+08:00')
  })
  it('needs a name, a period, deadlines in order, and modules', () => {
    expect(faultsOf({ ...draft, moduleKeys: ['curriculum'] })).toEqual([])
    expect(faultsOf({ ...draft, nameZh: ' ', start: '2027-02-01', county: '2026-12-01' })).toEqual(['name', 'period', 'deadlines', 'modules'])
  })
})
