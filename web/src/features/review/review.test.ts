import { describe, expect, it } from 'vitest'
import type { ModuleDefinition, QueueItem, ReviewState, Values } from '@/api/types'
import { changedCells, gradesOf } from './revisionForm'
import { askedOf, isClean, isPassed, warningsOf, type QueueChoice } from './useQueueList'

const item = (code: string, waitingSince: string, ...states: ReviewState[]): QueueItem => ({
  exempt: false, talk: null, reportId: code, level: 'school', organisation: { id: code, code, nameZh: `第${code}小学`, nameEn: `School ${code}` },
  reviews: states.map((state, index) => ({ id: `${code}${index}`, moduleReportId: 'm', moduleKey: 'k', revision: 1, state, submittedAt: waitingSince, waitingSince, explainedWarnings: 0, late: false, returnRounds: 0, outliers: 0 })),
})

const choice: QueueChoice = { filter: 'waiting', module: '', only: '', search: '', order: 'oldest' }

describe('the queue', () => {
  it('asks the server for who waits here, who went back, who went on', () => {
    expect(askedOf(choice, 'county')).toEqual({ step: 'county' })
    expect(askedOf({ ...choice, filter: 'returned' }, 'county')).toEqual({ state: 'returned' })
    expect(askedOf({ ...choice, filter: 'passed' }, 'city')).toEqual({ state: 'province-review' })
    expect(askedOf({ ...choice, filter: 'all' }, 'county')).toEqual({})
  })
  it('narrows by module, warnings, lateness, days and words', () => {
    expect(askedOf({ ...choice, only: 'clean', module: 'safety', order: 'warnings', search: ' 一小 ' }, 'county'))
      .toEqual({ step: 'county', clean: true, module: 'safety', order: 'warnings', search: '一小' })
    expect(askedOf({ ...choice, only: 'warned' }, 'county')).toEqual({ step: 'county', clean: false })
    expect(askedOf({ ...choice, only: 'long' }, 'county')).toEqual({ step: 'county', waitingDays: 3 })
  })
  it('calls a report clean when nothing that waits was explained, and not when nobody told', () => {
    const one = item('1', '2026-11-01', 'county-review', 'returned')
    expect(isClean(one, 'county')).toBe(true)
    const told = { ...one, reviews: one.reviews.map((review) => ({ ...review, explainedWarnings: 2 })) }
    expect([isClean(told, 'county'), warningsOf(told, 'county')]).toEqual([false, 2])
    expect(isClean({ ...one, reviews: one.reviews.map((review) => ({ ...review, explainedWarnings: null })) }, 'county')).toBe(false)
  })
  it('knows which steps lie behind one', () => {
    expect(['county-review', 'city-review', 'accepted', 'returned'].map((state) => isPassed(state, 'county'))).toEqual([false, true, true, false])
  })
})

describe('a revision under review', () => {
  it('shows what changed since the last one', () => {
    const before = { a: 1, classes: { g1: 2, g2: 3 }, rows: [{ _id: 'r1', x: 1 }] }
    const after = { a: 1, classes: { g1: 2, g2: 4 }, rows: [{ _id: 'r1', x: 1 }, { _id: 'r2', x: 5 }] }
    expect(changedCells(before, after)).toEqual(['classes/g2', 'rows/r2/x'])
  })
  it('says nothing about cells that are hidden: their digests differ each time', () => {
    const digest = (text: string) => ({ masked: true as const, digest: text })
    const before = { phone: digest('a'), rows: [{ _id: 'r1', ref: digest('b'), x: 1 }] } as unknown as Values
    const after = { phone: digest('c'), rows: [{ _id: 'r1', ref: digest('d'), x: 2 }] } as unknown as Values
    expect(changedCells(before, after)).toEqual(['rows/r1/x'])
  })
  it('is drawn with the grades of the school, or those that have values', () => {
    const definition = { fields: [{ key: 'classes', name: { zh: '', en: '' }, type: 'integer', per: 'grade' }] } as unknown as ModuleDefinition
    expect(gradesOf(['g1'], definition, {}, ['g1', 'g2'])).toEqual(['g1'])
    expect(gradesOf(undefined, definition, { classes: { g2: 1, g1: 2 } }, ['g1', 'g2'])).toEqual(['g1', 'g2'])
  })
})
