import { describe, expect, it } from 'vitest'
import type { LiveSchool, SchoolDashboard } from '@/api/types'
import { isShown } from './useLiveSchool'

const counts = { schools: 1, due: 10, submitted: 1, onTime: 1, late: 0, countyApproved: 0, cityApproved: 0, accepted: 0, returned: 0, rate: 0.1, timelyRate: 0.1, exempt: 0 }
const news: LiveSchool = { asOf: '2026-09-15T00:00:00Z', completeness: counts }
const page = { ...news, cycleId: 'c', indicators: [] } as unknown as SchoolDashboard

describe('a school that is told of its news', () => {
  it('reads nothing when the page shows it already', () => expect(isShown(page, { ...news, completeness: { ...counts } })).toBe(true))
  it('reads the page again after a submission, a correction, and when there is none yet', () => {
    expect(isShown(page, { ...news, completeness: { ...counts, submitted: 2 } })).toBe(false)
    expect(isShown(page, { ...news, asOf: '2026-09-15T00:05:00Z' })).toBe(false)
    expect(isShown(undefined, news)).toBe(false)
  })
})
