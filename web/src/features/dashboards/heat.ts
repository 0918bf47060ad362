import type { Figure, NodeChild } from '@/api/types'
import { reachedOf } from './figureWords'

export type HeatCell = { id: string; value: number | null; step: number | null }
export type HeatRow = { child: NodeChild; cells: HeatCell[] }
const limits = [0.6, 0.8, 0.9, 1]

/** By how much of the target is reached; without one by the place among the others, a fifth each. */
export function heatRows(children: NodeChild[], figures: Figure[]): HeatRow[] {
  const ranks = new Map(figures.filter((one) => one.target === null || one.direction === 'band').map((figure) => {
    const values = children.flatMap((child) => child.figures[figure.id]?.value ?? []).sort((a, b) => a - b)
    return [figure.id, values] as const
  }))
  return children.map((child) => ({
    child,
    cells: figures.map((figure) => {
      const value = child.figures[figure.id]?.value ?? null
      return { id: figure.id, value, step: value === null ? null : stepOf(value, figure, ranks.get(figure.id)) }
    }),
  }))
}

/** Columns for sheets of paper: as few tables as hold ten each, all nearly as wide. */
export function paperBlocks<T>(columns: T[], most = 10): T[][] {
  const count = Math.ceil(columns.length / most)
  return Array.from({ length: count }, (_, at) => columns.slice(Math.round((at * columns.length) / count), Math.round(((at + 1) * columns.length) / count)))
}

function stepOf(value: number, figure: Figure, among: number[] | undefined): number {
  if (!among) {
    const reached = reachedOf(value, figure.target, figure.direction) ?? 0
    return limits.filter((limit) => reached >= limit).length
  }
  // Budget execution is best at its target, neither below nor above.
  if (figure.direction === 'band' && figure.target) return Math.max(0, 4 - Math.floor(Math.abs(value / figure.target - 1) / 0.1))
  const below = among.filter((one) => one < value).length
  const share = among.length > 1 ? below / (among.length - 1) : 1
  return Math.min(4, Math.floor((figure.direction === 'down' ? 1 - share : share) * 5))
}
