import { describe, expect, it } from 'vitest'
import type { Programme, RuleResult } from '@/api/types'
import { byAddress, explanationMap, tally, toneOf } from './ruleResults'
import { byModule } from './rules'

const result = (rule: string, severity: RuleResult['severity'], ...at: string[]): RuleResult => ({ rule, severity, at, message: { zh: '', en: '' } })
const warning = result('W01', 'warning', 'weekly_hours/g1')
const error = result('E03', 'error', 'boarders', 'students')
const unanswered = result('field:required', 'error', 'classes/g1')

describe('rule results', () => {
  it('are found at each of their cells', () => {
    const map = byAddress([warning, error])
    expect(map.get('students')).toEqual([error])
    expect(map.get('weekly_hours/g1')).toEqual([warning])
  })

  it('are counted as errors, to explain and explained; unanswered cells apart', () => {
    const none = tally([warning, error, unanswered], explanationMap([]))
    expect([none.errors.length, none.toExplain.length, none.explained.length]).toEqual([1, 1, 0])
    const done = tally([warning], explanationMap([{ rule: 'W01', at: 'weekly_hours/g1', text: '并班' }]))
    expect([done.toExplain.length, done.explained.length]).toEqual([0, 1])
  })

  it('give a cell the tone of the worst', () => {
    const explained = explanationMap([{ rule: 'W01', at: 'weekly_hours/g1', text: '并班' }])
    expect(toneOf([warning, error], explanationMap([]))).toBe('error')
    expect(toneOf([warning], explanationMap([]))).toBe('warning')
    expect(toneOf([warning], explained)).toBe('explained')
    expect(toneOf([unanswered], explained)).toBeNull()
  })
})

describe('values of other modules', () => {
  it('find their module by the field', () => {
    const module = (key: string, ...fields: string[]) => ({ key, fields: fields.map((field) => ({ key: field })) })
    const programme = { modules: [module('basic', 'students', 'classes'), module('curriculum', 'offered')] } as unknown as Programme
    expect(byModule(programme, { students: { g1: 3 }, offered: { g1: true }, stranger: 1 })).toEqual({ basic: { students: { g1: 3 } }, curriculum: { offered: { g1: true } } })
  })
})
