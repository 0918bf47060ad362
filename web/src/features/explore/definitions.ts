import type { Exploration, ExploreHeading, ExploreMember } from '@/api/types'

/** The indicator a cell is about: it stands on an axis, or there is only one. */
export function definitionOf(answer: Exploration, row: ExploreHeading, column: ExploreHeading): ExploreMember | undefined {
  const key = keyOf(answer, row, column, 'indicator')
  const all = answer.members.indicator ?? []
  return key === null ? all[0] : all.find((one) => one.key === key)
}

export function keyOf(answer: Exploration, row: ExploreHeading, column: ExploreHeading, dimension: string): string | null {
  const [inRows, inColumns] = [answer.rows.indexOf(dimension), answer.columns.indexOf(dimension)]
  return (inRows >= 0 ? row.keys[inRows] : inColumns >= 0 ? column.keys[inColumns] : null) ?? null
}
