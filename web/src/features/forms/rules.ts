import type { ModuleDefinition, Programme, RuleContext, RuleResult, Values } from '@/api/types'

type Engine = {
  evaluateModule: (programme: Programme, moduleKey: string, valuesByModule: Record<string, Values>, context: RuleContext) => RuleResult[]
  isShown?: (programme: Programme, moduleKey: string, fieldKey: string, valuesByModule: Record<string, Values>, context: RuleContext) => boolean
}

const engines = import.meta.glob<Engine>('./engine/index.ts')

export type Checker = {
  results: (values: Values) => RuleResult[]
  isShown: (fieldKey: string, values: Values) => boolean
}

/** The rules of one module, bound to everything but its values. The rule engine is loaded only by forms. */
export async function loadChecker(
  programme: Programme, definition: ModuleDefinition, related: Record<string, Values>, context: RuleContext,
): Promise<Checker | null> {
  const engine = await engines['./engine/index.ts']?.()
  if (!engine) return null
  const all = (values: Values) => ({ ...related, [definition.key]: values })
  return {
    results: (values) => engine.evaluateModule(programme, definition.key, all(values), context),
    isShown: (fieldKey, values) => engine.isShown?.(programme, definition.key, fieldKey, all(values), context) ?? true,
  }
}
