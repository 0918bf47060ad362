import type { CellValue, EarlierCycle, Field } from '@/api/types'
import { isEmpty, isHidden, readCell } from './cells'

export type Point = { cycle: EarlierCycle; value: CellValue; number: number | null }

/** One cell through the cycles. A cell of a table has no past: rows are new each time. */
export function pointsOf(field: Field, at: string, cycles: EarlierCycle[]): Point[] {
  if (at.split('/').length > 2) return []
  return cycles.map((cycle) => {
    const value = readCell(cycle.values, at)
    return { cycle, value, number: typeof value === 'number' && (field.type === 'integer' || field.type === 'decimal') ? value : null }
  })
}

export const hasPast = (points: Point[]) => points.some(({ value }) => !isEmpty(value) && !isHidden(value))

/** Heights of bars from 0 to 1: from nothing, so that no bar exaggerates a difference. Negative numbers hang from the line. */
export function barsOf(numbers: (number | null)[]): { from: number; height: number }[] {
  const known = numbers.filter((one) => one !== null)
  const top = Math.max(0, ...known)
  const bottom = Math.min(0, ...known)
  const span = top - bottom || 1
  return numbers.map((one) => (one === null ? { from: 0, height: 0 } : { from: (Math.min(0, one) - bottom) / span, height: Math.abs(one) / span }))
}
