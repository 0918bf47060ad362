import type { OpenCell, OpenFigures } from '@/api/types'

/** A bar of a place below: what is told of it, and how long it is beside the longest. */
export type Bar = { code: string; name: { zh: string; en: string }; leaf: boolean; cell: OpenCell; share: number }

/** Places below by one indicator: the highest first, what is not told last, in the order of codes. */
export function barsOf(page: OpenFigures, indicator: string): Bar[] {
  const at = page.indicators.findIndex((one) => one.id === indicator)
  if (at < 0) return []
  const rows = page.below.map((row) => ({ row, cell: row.cells[at]! }))
  const longest = Math.max(...rows.map(({ cell }) => Math.abs(cell.value ?? 0)), 0)
  return rows
    .sort((a, b) => (b.cell.value ?? -Infinity) - (a.cell.value ?? -Infinity) || a.row.place.code.localeCompare(b.row.place.code))
    .map(({ row, cell }) => ({
      code: row.place.code, name: row.place.name, leaf: row.place.level === 'county', cell,
      share: longest === 0 || cell.value === null ? 0 : Math.abs(cell.value) / longest,
    }))
}

/** The indicators of one area, in the programme's order, each with what is told of it here; all areas without one. */
export const linesOf = (page: OpenFigures, area: string | null) =>
  page.indicators.map((indicator, at) => ({ indicator, cell: page.cells[at]! })).filter(({ indicator }) => area === null || indicator.area === area)

export const areasOf = (page: OpenFigures) => [...new Map(page.indicators.map((one) => [one.area, one.areaName])).entries()].map(([key, name]) => ({ key, name }))
