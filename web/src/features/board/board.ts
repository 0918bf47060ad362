import type { BoardBand, BoardCell, BoardRow, HeldState } from '@/api/types'

/** In the order of the way up; nobody holds what is accepted. */
export const heldStates: HeldState[] = ['not-submitted', 'returned', 'county-review', 'city-review', 'province-review']

export const cellOf = (cells: BoardCell[], state: HeldState, band: number) => cells.find((one) => one.state === state && one.band === band)?.reports ?? 0
export const sumOf = (cells: BoardCell[], state: HeldState) => cells.filter((one) => one.state === state).reduce((sum, one) => sum + one.reports, 0)

/** Of those, how many have more time now. */
export const extendedOf = (cells: BoardCell[], state: HeldState) => cells.filter((one) => one.state === state).reduce((sum, one) => sum + one.extended, 0)

/** "0–1", "> 14": working days. */
export const bandName = (band: BoardBand) => (band.to == null ? `> ${band.from - 1}` : `${band.from}–${band.to}`)

/** How long before its colour says so: the first two columns are ordinary work. */
export const heat = (band: number, reports: number) => (reports === 0 ? 'none' : band < 2 ? 'calm' : band === 2 ? 'warm' : 'hot')

/** Rows with something in the state, those with the oldest first. */
export function sortedRows(rows: BoardRow[], state: HeldState): BoardRow[] {
  const weight = (row: BoardRow) => [4, 3, 2, 1, 0].map((band) => cellOf(row.cells, state, band))
  return rows.filter((row) => sumOf(row.cells, state) > 0).sort((a, b) => {
    const [left, right] = [weight(a), weight(b)]
    const at = left.findIndex((count, index) => count !== right[index])
    return at < 0 ? (a.code ?? '').localeCompare(b.code ?? '') : right[at]! - left[at]!
  })
}

/** Arrow keys move between the cells of a grid of links, as in a spreadsheet. */
export function moveInGrid(event: KeyboardEvent) {
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key]
  const cell = (event.target as HTMLElement).closest<HTMLTableCellElement>('td')
  const row = cell?.closest('tr')
  if (!step || !cell || !row) return
  const rows = [...row.closest('table')!.querySelectorAll('tbody tr')]
  for (let [y, x] = [rows.indexOf(row) + step[0]!, cell.cellIndex + step[1]!]; rows[y] && rows[y]!.children[x]; y += step[0]!, x += step[1]!) {
    const link = rows[y]!.children[x]!.querySelector<HTMLElement>('a, button')
    if (link) {
      link.focus()
      event.preventDefault()
      return
    }
  }
}
