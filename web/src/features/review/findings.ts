import type { ModuleDefinition, Revision, RuleResult } from '@/api/types'

export type Findings = { errors: RuleResult[]; warnings: { result: RuleResult; outlier: boolean }[]; infos: RuleResult[] }

/** A rule that holds a value against the school's own past or against schools like it. */
export const comparesWithOthers = (definition: ModuleDefinition, rule: string) =>
  /\b(previous|peers)\b/.test(definition.rules.find((one) => one.id === rule)?.expr ?? '')

/** Outliers before other warnings: they are what a reviewer can see and a school cannot. */
export function findingsOf(revision: Pick<Revision, 'results'>, definition: ModuleDefinition): Findings {
  const warnings = revision.results.filter((one) => one.severity === 'warning').map((result) => ({ result, outlier: comparesWithOthers(definition, result.rule) }))
  return {
    errors: revision.results.filter((one) => one.severity === 'error'),
    warnings: [...warnings.filter((one) => one.outlier), ...warnings.filter((one) => !one.outlier)],
    infos: revision.results.filter((one) => one.severity === 'info' || one.severity === 'broken'),
  }
}
