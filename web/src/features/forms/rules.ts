import type { ModuleDefinition, ModuleReport, Programme, RuleContext, RuleResult, Values } from '@/api/types'

export type Checker = {
  results: (values: Values) => RuleResult[]
  isShown: (fieldKey: string, values: Values) => boolean
}

/** The rules of one module, bound to everything but its values. The rule engine is loaded only by forms. */
export async function loadChecker(
  programme: Programme, definition: ModuleDefinition, related: Values, context: RuleContext,
): Promise<Checker> {
  const engine = await import('@/features/forms/engine')
  const others = byModule(programme, related)
  // Every field asks at each keystroke whether it is shown: what is the same for all of them is made once for each state of the values.
  let last: { values: Values; modules: Record<string, Values> } | null = null
  const all = (values: Values) => (last?.values === values ? last : (last = { values, modules: { ...others, [definition.key]: values } })).modules
  return {
    results: (values) => engine.evaluateModule(programme, definition.key, all(values), context),
    isShown: (fieldKey, values) => engine.isShown(programme, definition.key, fieldKey, all(values), context),
  }
}

/** What rules know of a module report besides its values. */
export const ruleContext = (report: ModuleReport): RuleContext => ({ ...report.context, previous: report.previousValues })

/** Field keys are unique in a programme, so each lent value finds its own module again. */
export function byModule(programme: Programme, related: Values): Record<string, Values> {
  const modules: Record<string, Values> = {}
  for (const module of programme.modules) {
    for (const { key } of module.fields) {
      const value = related[key]
      if (value !== undefined) (modules[module.key] ??= {})[key] = value
    }
  }
  return modules
}
