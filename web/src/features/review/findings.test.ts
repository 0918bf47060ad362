import { describe, expect, it } from 'vitest'
import type { ModuleDefinition, RuleResult } from '@/api/types'
import { findingsOf } from './findings'

const words = { zh: '', en: '' }
const definition = { rules: [{ id: 'W1', expr: 'a > 1.0' }, { id: 'W2', expr: 'abs(a - previous.a) < 3.0' }, { id: 'W3', expr: 'a < peers.a.p95' }] } as unknown as ModuleDefinition
const result = (rule: string, severity: RuleResult['severity']): RuleResult => ({ rule, severity, at: ['a'], message: words })

describe('findings of a revision', () => {
  it('put outliers, held against the past or schools alike, before other warnings', () => {
    const found = findingsOf({ results: [result('W1', 'warning'), result('W2', 'warning'), result('W3', 'warning')] }, definition)
    expect(found.warnings.map((one) => [one.result.rule, one.outlier])).toEqual([['W2', true], ['W3', true], ['W1', false]])
  })
  it('keep errors and remarks apart', () => {
    const found = findingsOf({ results: [result('E1', 'error'), result('I1', 'info')] }, definition)
    expect([found.errors.length, found.warnings.length, found.infos.length]).toEqual([1, 0, 1])
  })
})
