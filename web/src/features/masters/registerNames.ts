import type { RegisterColumn, RegisterLoad } from '@/api/types'

/** A register as it was on a day; when the last part of it came. */
export type Load = { source: string; asOf: string; recordedAt: string; figures: RegisterLoad[]; grades: number }

/** Totals of each register, what came last first; how many figures by grade came with them. A large one comes in parts: a school is in one of them only. */
export function loadsOf(loads: readonly RegisterLoad[]): Load[] {
  const byLoad = new Map<string, Load>()
  for (const one of loads) {
    const key = JSON.stringify([one.source, one.asOf])
    const load = byLoad.get(key) ?? { source: one.source, asOf: one.asOf, recordedAt: one.recordedAt, figures: [], grades: 0 }
    if (one.recordedAt > load.recordedAt) load.recordedAt = one.recordedAt
    const part = load.figures.find((figure) => figure.key === one.key)
    if (one.key.includes('/')) load.grades++
    else if (part) Object.assign(part, { schools: part.schools + one.schools, sum: part.sum + one.sum })
    else load.figures.push({ ...one })
    byLoad.set(key, load)
  }
  return [...byLoad.values()].sort((a, b) => b.recordedAt.localeCompare(a.recordedAt))
}

/** The words for a figure's key; the key itself where a release knows it no more. */
export const nameOfFigure = (key: string, columns: readonly RegisterColumn[], chinese: boolean): string => {
  const column = columns.find((one) => one.key === key)
  return column ? (chinese ? column.zh : column.en) : key
}
