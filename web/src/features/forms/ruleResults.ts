import type { Explanation, RuleResult } from '@/api/types'

export const placeOf = (result: RuleResult) => result.at[0] ?? ''
const keyOf = (rule: string, at: string) => `${rule}|${at}`

export type ExplanationMap = Map<string, Explanation>

export const explanationMap = (explanations: Explanation[]): ExplanationMap =>
  new Map(explanations.map((one) => [keyOf(one.rule, one.at), one]))

export const explanationOf = (map: ExplanationMap, result: RuleResult) => map.get(keyOf(result.rule, placeOf(result)))?.text ?? ''

/** A remark at a cell travels as an explanation that answers no rule. */
export const remarkRule = 'remark'
export const remarkOf = (map: ExplanationMap, at: string) => map.get(keyOf(remarkRule, at))?.text ?? ''

/** So does a mark that the value is to be followed up; without words it is the sign alone. */
export const followUpRule = 'follow-up'
export const unworded = '⚑'
export type FollowUp = { at: string; words: string }
export const followUpOf = (map: ExplanationMap, at: string): FollowUp | null => {
  const text = map.get(keyOf(followUpRule, at))?.text ?? ''
  return text === '' ? null : { at, words: text === unworded ? '' : text }
}
export const followUps = (explanations: Iterable<Explanation>): FollowUp[] => {
  const map = explanationMap([...explanations].filter(({ rule }) => rule === followUpRule))
  return [...map.values()].flatMap(({ at }) => followUpOf(map, at) ?? [])
}

/** Every address a result touches → the results there, worst first. */
export function byAddress(results: RuleResult[]): Map<string, RuleResult[]> {
  const map = new Map<string, RuleResult[]>()
  for (const result of results) {
    for (const at of result.at) {
      const there = map.get(at)
      if (there) there.push(result)
      else map.set(at, [result])
    }
  }
  for (const list of map.values()) list.sort((a, b) => rank(a) - rank(b))
  return map
}

const rank = (result: RuleResult) => ['error', 'broken', 'warning', 'info'].indexOf(result.severity)

export type Tally = { errors: RuleResult[]; toExplain: RuleResult[]; explained: RuleResult[]; infos: RuleResult[] }

export function tally(results: RuleResult[], explanations: ExplanationMap): Tally {
  const warnings = results.filter((one) => one.severity === 'warning')
  const isExplained = (one: RuleResult) => explanationOf(explanations, one).trim() !== ''
  return {
    // "Nothing entered yet" is listed among the unanswered, where it helps, and not as a mistake.
    errors: results.filter((one) => one.severity === 'error' && one.rule !== 'field:required'),
    toExplain: warnings.filter((one) => !isExplained(one)),
    explained: warnings.filter(isExplained),
    infos: results.filter((one) => one.severity === 'info' || one.severity === 'broken'),
  }
}

export type CellTone = 'error' | 'warning' | 'explained' | null

export function toneOf(results: RuleResult[] | undefined, explanations: ExplanationMap): CellTone {
  const shown = results?.filter((one) => one.rule !== 'field:required') ?? []
  if (shown.some((one) => one.severity === 'error')) return 'error'
  const warnings = shown.filter((one) => one.severity === 'warning')
  if (warnings.some((one) => explanationOf(explanations, one).trim() === '')) return 'warning'
  return warnings.length > 0 ? 'explained' : null
}
