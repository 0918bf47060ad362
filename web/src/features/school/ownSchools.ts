import type { Me, ModuleState, Report } from '@/api/types'

/** The central school whose people fill in here, where that is what gives this person the right. */
export const fillsInAt = (me: Me | null, organisationId: string) => {
  const mine = me?.assignments.filter((one) => one.organisation.id === organisationId && (one.role === 'reporter' || one.role === 'approver')) ?? []
  return mine.length > 0 && mine.every((one) => one.fillsInFrom) ? mine[0]!.fillsInFrom : null
}

export type NextStep = { kind: 'correct' | 'sign' | 'fill' | 'wait' | 'done'; count: number }

/** What to do next in a report: what came back first, then what waits for a signature, then what is not filled in. */
export function nextStep(report: Report, approves: boolean): NextStep {
  const count = (...states: ModuleState[]) => report.modules.filter((one) => states.includes(one.state)).length
  const steps: NextStep[] = [
    { kind: 'correct', count: count('returned') },
    { kind: 'sign', count: approves ? count('complete') : 0 },
    { kind: 'fill', count: count('not-started', 'draft') },
    { kind: 'wait', count: count('complete') },
  ]
  return steps.find((step) => step.count > 0) ?? { kind: 'done', count: report.modules.length }
}

export const finished = (report: Report) => report.modules.filter((one) => !['not-started', 'draft', 'returned'].includes(one.state)).length
