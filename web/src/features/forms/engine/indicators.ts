import { compile } from './cel'
import { frameOf, misses } from './frame'
import { compileProgramme } from './programme'
import type { Context, Indicator, Programme, ValuesByModule } from './types'

export type IndicatorOutcome = { numerator: number; denominator: number } | { reason: 'does-not-apply' | 'missing' | 'broken' | 'not-computed' }

/** One school's part of an indicator; the agreement test holds it against the server's. Forms don't load this file. */
export function evaluateIndicator(programme: Programme, indicator: Indicator, valuesByModule: ValuesByModule, context: Context): IndicatorOutcome {
  if (indicator.later || indicator.kind === 'timeliness' || !indicator.numerator || !indicator.denominator)
    return { reason: 'not-computed' }
  const compiled = compileProgramme(programme)
  const applies = indicator.applies == null ? null : compile(indicator.applies)
  const [above, below] = [compile(indicator.numerator), compile(indicator.denominator)]
  const names = new Set([applies, above, below].flatMap((expression) => expression?.names ?? []))
  const fields = [...names].flatMap((name) => compiled.fields.get(name)?.field ?? [])
  const view = frameOf(compiled, valuesByModule, context).view(indicator.missing === 'zero', fields)
  const lacks = misses(view, fields, null)
  const holds = applies === null ? true : applies.evaluate(view)
  if (holds === false) return { reason: 'does-not-apply' }
  if (holds !== true) return { reason: lacks ? 'missing' : 'broken' }
  if ((indicator.missing ?? 'skip') === 'skip' && lacks) return { reason: 'missing' }
  const numerator = above.evaluate(view)
  const denominator = below.evaluate(view)
  const finite = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
  return finite(numerator) && finite(denominator) ? { numerator, denominator } : { reason: 'broken' }
}
