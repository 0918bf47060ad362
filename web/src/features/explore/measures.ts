import type { ExploreCell } from '@/api/types'
import { formatCompact, formatFigure, formatNumber, formatShare } from '@/ui/format'

/** What a cell shows of its number. */
export const exploreMeasures = ['value', 'coverage', 'approval', 'due', 'reported', 'numerator', 'denominator'] as const
export type ExploreMeasure = (typeof exploreMeasures)[number]

export function numberOf(cell: ExploreCell | null, measure: ExploreMeasure): number | null {
  if (!cell) return null
  if (measure === 'coverage') return cell.due ? cell.reported / cell.due : null
  if (measure === 'approval') return cell.reported ? cell.approved / cell.reported : null
  return cell[measure] ?? null
}

/** For a file that is counted on with: every digit, a point, nothing where there is none; a spreadsheet takes "88.1%" for a number. */
export function plainOf(cell: ExploreCell | null, measure: ExploreMeasure, unit: string): string {
  const number = numberOf(cell, measure)
  if (number === null) return ''
  if (measure === 'coverage' || measure === 'approval') return `${Math.round(number * 1000) / 10}%`
  return measure === 'value' && unit === '%' ? `${number}%` : String(number)
}

export function textOf(cell: ExploreCell | null, measure: ExploreMeasure, unit: string, decimals: number, locale: string): string {
  const number = numberOf(cell, measure)
  if (measure === 'value') return formatFigure(number, unit, locale, decimals)
  if (measure === 'coverage' || measure === 'approval') return formatShare(number, locale)
  return measure === 'numerator' || measure === 'denominator' ? formatCompact(number, locale) : formatNumber(number, locale, 0)
}
