import { describe, expect, it } from 'vitest'
import type { ModuleDefinition, QueueItem, ReviewState } from '@/api/types'
import { changedCells, gradesOf } from './revisionForm'
import { matches, sortQueue } from './useQueueList'

const item = (code: string, waitingSince: string, ...states: ReviewState[]): QueueItem => ({
  reportId: code, level: 'school', organisation: { id: code, code, nameZh: `第${code}小学`, nameEn: `School ${code}` },
  reviews: states.map((state, index) => ({ id: `${code}${index}`, moduleReportId: 'm', moduleKey: 'k', revision: 1, state, submittedAt: waitingSince, waitingSince })),
})

describe('the queue', () => {
  it('shows those who wait here, who went back, who went on', () => {
    const mixed = item('1', '2026-11-01', 'county-review', 'returned')
    expect(matches(mixed, 'waiting', 'county', '')).toBe(true)
    expect(matches(mixed, 'returned', 'county', '')).toBe(true)
    expect(matches(mixed, 'passed', 'county', '')).toBe(false)
    expect(matches(item('2', '', 'city-review', 'accepted'), 'passed', 'county', '')).toBe(true)
  })
  it('is searched by either name and by code', () => {
    expect(matches(item('77', '', 'county-review'), 'all', 'county', '第77')).toBe(true)
    expect(matches(item('77', '', 'county-review'), 'all', 'county', 'school 7')).toBe(true)
    expect(matches(item('77', '', 'county-review'), 'all', 'county', 'x')).toBe(false)
  })
  it('puts the longest waiting first', () => {
    const sorted = sortQueue([item('1', '2026-11-09', 'county-review'), item('2', '2026-11-01', 'county-review'), item('3', '2026-10-01', 'accepted')], 'county')
    expect(sorted.map((one) => one.reportId)).toEqual(['2', '1', '3'])
  })
})

describe('a revision under review', () => {
  it('shows what changed since the last one', () => {
    const before = { a: 1, classes: { g1: 2, g2: 3 }, rows: [{ _id: 'r1', x: 1 }] }
    const after = { a: 1, classes: { g1: 2, g2: 4 }, rows: [{ _id: 'r1', x: 1 }, { _id: 'r2', x: 5 }] }
    expect(changedCells(before, after)).toEqual(['classes/g2', 'rows/r2/x'])
  })
  it('is drawn with the grades of the school, or those that have values', () => {
    const definition = { fields: [{ key: 'classes', name: { zh: '', en: '' }, type: 'integer', per: 'grade' }] } as unknown as ModuleDefinition
    expect(gradesOf(['g1'], definition, {}, ['g1', 'g2'])).toEqual(['g1'])
    expect(gradesOf(undefined, definition, { classes: { g2: 1, g1: 2 } }, ['g1', 'g2'])).toEqual(['g1', 'g2'])
  })
})
