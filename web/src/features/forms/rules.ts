import type { ModuleDefinition, Programme, RuleContext, RuleResult, Values } from '@/api/types'

export type Checker = {
  results: (values: Values) => RuleResult[]
  isShown: (fieldKey: string, values: Values) => boolean
}

/** The rules of one module, bound to everything but its values. The rule engine is loaded only by forms. */
export async function loadChecker(
  programme: Programme, definition: ModuleDefinition, related: Record<string, Values>, context: RuleContext,
): Promise<Checker> {
  const engine = await import('@/features/forms/engine')
  const all = (values: Values) => ({ ...related, [definition.key]: values })
  return {
    results: (values) => engine.evaluateModule(programme, definition.key, all(values), context),
    isShown: (fieldKey, values) => engine.isShown(programme, definition.key, fieldKey, all(values), context),
  }
}
