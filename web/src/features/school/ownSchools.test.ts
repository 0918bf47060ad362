import { describe, expect, it } from 'vitest'
import type { Me, ModuleState, Report } from '@/api/types'
import { fillsInAt, finished, nextStep } from './ownSchools'

const report = (...states: ModuleState[]) => ({ modules: states.map((state, index) => ({ id: `${index}`, key: `${index}`, state })) }) as unknown as Report
const central = { id: 'c', code: '1', nameZh: '中心校', nameEn: 'Central' }
const me = (...assignments: { role: string; id: string; from?: typeof central }[]) =>
  ({ assignments: assignments.map(({ role, id, from }) => ({ role, organisation: { id }, fillsInFrom: from ?? null })) }) as unknown as Me

describe('what to do next in a report', () => {
  it('is what came back, then what waits for a signature, then what is not filled in', () => {
    expect(nextStep(report('returned', 'complete', 'draft'), true)).toEqual({ kind: 'correct', count: 1 })
    expect(nextStep(report('complete', 'draft'), true)).toEqual({ kind: 'sign', count: 1 })
    expect(nextStep(report('complete', 'draft', 'not-started'), false)).toEqual({ kind: 'fill', count: 2 })
    expect(nextStep(report('complete', 'submitted'), false)).toEqual({ kind: 'wait', count: 1 })
    expect(nextStep(report('submitted', 'accepted'), true)).toEqual({ kind: 'done', count: 2 })
    expect(finished(report('complete', 'submitted', 'draft', 'returned'))).toBe(2)
  })
})

describe('filling in for a teaching point', () => {
  it('is said where the role comes from the central school, and not where it is the person’s own', () => {
    expect(fillsInAt(me({ role: 'reporter', id: 'p', from: central }), 'p')).toEqual(central)
    expect(fillsInAt(me({ role: 'reporter', id: 'p', from: central }, { role: 'approver', id: 'p' }), 'p')).toBeNull()
    expect(fillsInAt(me({ role: 'reporter', id: 'c' }), 'p')).toBeNull()
  })
})
