export { evaluateModule, isShown, moduleCompletion } from './rules'
export type { Context, Programme, RuleResult, Severity, ValuesByModule } from './types'
