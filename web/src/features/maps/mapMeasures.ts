import type { Area, Figure, IndicatorDefinition, Light, NodeChild, Texts } from '@/api/types'
import { limits as shares, measuresOf, measureText, type Measure } from '@/features/dashboards/measures'
import { formatFigure, missing } from '@/ui/format'

/** What a map can be coloured by: the measures that all tables have, and every indicator. */
export type MapMeasure = Measure & { figure: string | null; unit: Texts | string | null }

export function mapMeasuresOf(areas: Area[], definitions: IndicatorDefinition[], figures: Figure[]): MapMeasure[] {
  return [
    ...measuresOf(areas).map((measure) => ({ ...measure, figure: null, unit: null })),
    ...definitions.filter((one) => figures.some((figure) => figure.id === one.id && figure.later === null)).map((one) => ({
      key: one.id, name: { zh: `${one.id} ${one.name.zh}`, en: `${one.id} ${one.name.en}` }, figure: one.id, unit: figures.find(({ id }) => id === one.id)?.unit ?? null,
      read: (child: NodeChild) => child.figures[one.id]?.value ?? null,
      light: (child: NodeChild): Light => child.figures[one.id]?.light ?? 'none',
    })),
  ]
}

/** Shares have one scale for all times and places; an indicator is parted in fifths of the values given. */
export function limitsOf(measure: MapMeasure, values: (number | null)[]): number[] {
  if (measure.figure === null) return [...shares]
  const known = values.filter((value): value is number => value !== null).sort((a, b) => a - b)
  const cuts = [0.2, 0.4, 0.6, 0.8].map((share) => known[Math.min(known.length - 1, Math.floor(share * known.length))])
  return [...new Set(cuts.filter((cut): cut is number => cut !== undefined && cut > known[0]!))]
}

/** Which of the steps a value is in; null has none and is drawn as missing. */
export const stepIn = (limits: number[], value: number | null) => (value === null ? null : limits.filter((limit) => value >= limit).length)

/** The letter of a step: what tells it from the next one without its colour. */
export const letterOf = (step: number | null) => (step === null ? '–' : 'ABCDE'[step]!)

/** The colour of a step when there are fewer than five: the darkest is always the highest. */
export const shadeOf = (step: number, limits: number[]) => (limits.length === 0 ? 2 : Math.round((step / limits.length) * 4))

export function valueText(measure: MapMeasure, value: number | null, unit: string, locale: string): string {
  if (measure.figure === null) return measureText(measure, value, locale)
  return value === null ? missing : formatFigure(value, unit, locale) + (unit && unit !== '%' ? ` ${unit}` : '')
}
