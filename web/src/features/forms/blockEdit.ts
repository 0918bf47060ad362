import type { CellChange, CellValue, Row, Values } from '@/api/types'
import { isEmpty, parseAddress, readCell } from './cells'
import type { Pasted } from './gridPaste'

/** One edit of many cells as the person reads it afterwards, with the way back. */
export type BlockEdit = {
  kind: 'paste' | 'fill'
  changes: CellChange[]
  undo: CellChange[]
  written: number
  overwritten: number
  cleared: number
  same: number
  newRows: number
  header: boolean
  converted: { at: string; from: string; to: CellValue }[]
  left: Pasted['left']
}

const sameValue = (a: CellValue, b: CellValue) => a === b || (Array.isArray(a) && JSON.stringify(a) === JSON.stringify(b)) || (isEmpty(a) && isEmpty(b))

/** What a block does to the values: a change only where a cell really changes, a new row as one change. */
export function editOf(kind: BlockEdit['kind'], values: Values, pasted: Pasted): BlockEdit {
  const added = new Map<string, { at: string; row: Record<string, CellValue> }>()
  const edit: BlockEdit = { kind, changes: [], undo: [], written: 0, overwritten: 0, cleared: 0, same: 0, newRows: pasted.newRows.length, header: pasted.header, converted: [], left: pasted.left }
  for (const { at, value, from } of pasted.cells) {
    const { field, key = '', column } = parseAddress(at)
    if (column !== undefined && pasted.newRows.includes(key)) {
      const row = added.get(key) ?? { at: `${field}/${key}`, row: {} }
      row.row[column] = value
      added.set(key, row)
      edit.written++
    } else count(edit, at, readCell(values, at), value)
    if (from !== undefined) edit.converted.push({ at, from, to: value })
  }
  // A new row of refused cells alone is still a row: that is where they are shown.
  for (const one of pasted.left) {
    const { field, key = '' } = parseAddress(one.at ?? '')
    if (one.at && pasted.newRows.includes(key) && !added.has(key)) added.set(key, { at: `${field}/${key}`, row: {} })
  }
  for (const key of pasted.newRows) {
    const row = added.get(key)
    if (!row) continue
    edit.changes.push({ at: row.at, value: row.row as unknown as Row })
    edit.undo.unshift({ at: row.at, value: null })
  }
  edit.newRows = added.size
  return edit
}

function count(edit: BlockEdit, at: string, before: CellValue, value: CellValue) {
  if (sameValue(before, value)) return void edit.same++
  edit.changes.push({ at, value })
  edit.undo.unshift({ at, value: before })
  if (isEmpty(value)) edit.cleared++
  else if (isEmpty(before)) edit.written++
  else {
    edit.written++
    edit.overwritten++
  }
}

/** Fills empty cells of a line with one value: the first cell's, or, from an empty cell, the one before it. */
export function fillOf(values: Values, line: string[], from: string): BlockEdit | null {
  const start = line.indexOf(from)
  const own = readCell(values, from)
  const source = isEmpty(own) ? readCell(values, line[start - 1] ?? '') : own
  if (start < 0 || isEmpty(source)) return null
  const into = isEmpty(own) ? [from] : line.slice(start + 1).filter((at) => isEmpty(readCell(values, at)))
  return into.length === 0 ? null : editOf('fill', values, { cells: into.map((at) => ({ at, value: source })), left: [], newRows: [], header: false })
}

/** The way back, for cells that still hold what the edit wrote: what was typed since stays. Refused cells get back what stood there. */
export function stillThere(values: Values, edit: BlockEdit): CellChange[] {
  const written = new Map(edit.changes.map(({ at, value }) => [at, value]))
  const own = (row: CellValue) => JSON.stringify(Object.entries((row ?? {}) as Record<string, CellValue>).filter(([key]) => key !== '_id').sort())
  const back = edit.undo.filter(({ at }) => {
    const [now, then] = [readCell(values, at), written.get(at) as CellValue]
    return typeof then === 'object' && then !== null && !Array.isArray(then) ? own(now) === own(then) : sameValue(now, then)
  })
  const changed = new Set(edit.undo.map(({ at }) => at))
  const refused = edit.left.flatMap(({ at }) => (at && !changed.has(at) && !changed.has(at.split('/').slice(0, 2).join('/')) ? [{ at, value: readCell(values, at) }] : []))
  return [...back, ...refused]
}
