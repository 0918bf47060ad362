import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import type { Figure, IndicatorDefinition } from '@/api/types'
import { useWords } from '@/app/i18n'
import { formatFigure, withUnit } from '@/ui/format'

/** The names of indicators, and their values as a reader of the page's language writes them. */
export function useFigureWords(definitions: MaybeRefOrGetter<IndicatorDefinition[]>) {
  const { tx, locale } = useWords()
  const byId = computed(() => new Map(toValue(definitions).map((one) => [one.id, one])))
  const nameOf = (id: string) => tx(byId.value.get(id)?.name) || id
  const unitOf = (id: string) => tx(byId.value.get(id)?.unit)
  const sayOf = (id: string) => (value: number | null | undefined) => formatFigure(value, unitOf(id), locale.value, byId.value.get(id)?.decimals ?? 2)
  /** With the unit, where it is a word: "1.2 lessons". */
  const saidOf = (id: string) => (value: number | null | undefined) => {
    const text = sayOf(id)(value)
    return value == null ? text : withUnit(text, unitOf(id))
  }
  return { nameOf, unitOf, sayOf, saidOf, definitionOf: (id: string) => byId.value.get(id) }
}

/** How far the target is reached, at most 1; null where there is no value or no target, or more is not always better. */
export function reachedOf(value: number | null | undefined, target: number | null | undefined, direction: Figure['direction']): number | null {
  if (value == null || target == null || direction === 'band') return null
  if (direction === 'up') return target === 0 ? 1 : Math.max(0, Math.min(1, value / target))
  return value <= target ? 1 : target === 0 ? 0 : target / value
}
