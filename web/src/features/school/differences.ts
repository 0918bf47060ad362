import type { CellValue, ModuleDefinition, Values } from '@/api/types'
import { isEmpty, isHidden } from '@/features/forms/cells'

export type Difference = {
  at: string
  kind: 'changed' | 'new' | 'gone'
  before: CellValue
  after: CellValue
  /** Of a number: by how much of the one before; null where that says nothing. */
  share: number | null
  /** Tables of another cycle have other rows: only how many there are is compared. */
  rows?: boolean
}

type Cells = Map<string, { value: CellValue; rows?: boolean }>
const isRecord = (value: unknown): value is Record<string, CellValue> => typeof value === 'object' && value !== null && !Array.isArray(value)

function cellsOf(values: Values, definition: ModuleDefinition, countRows: boolean): Cells {
  const cells: Cells = new Map()
  for (const field of definition.fields) {
    const value = values[field.key]
    if (value === undefined || isEmpty(value) || isHidden(value)) continue
    if (field.type === 'rows' && Array.isArray(value)) {
      if (countRows) cells.set(field.key, { value: value.length, rows: true })
      else for (const row of value) if (isRecord(row)) for (const [column, cell] of Object.entries(row)) {
        if (column !== '_id' && !isEmpty(cell) && !isHidden(cell)) cells.set(`${field.key}/${String(row._id)}/${column}`, { value: cell })
      }
    } else if (field.per === 'grade' && isRecord(value)) {
      for (const [grade, cell] of Object.entries(value)) if (!isEmpty(cell) && !isHidden(cell)) cells.set(`${field.key}/${grade}`, { value: cell })
    } else cells.set(field.key, { value })
  }
  return cells
}

const same = (a: CellValue, b: CellValue) => JSON.stringify(a) === JSON.stringify(b)
const shareOf = (before: CellValue, after: CellValue) =>
  typeof before === 'number' && typeof after === 'number' && before !== 0 ? (after - before) / Math.abs(before) : null

/** What an approver looks at first: the largest changes of numbers before the small ones, then other changes, what is new, what is gone. */
export function differencesOf(before: Values, after: Values, definition: ModuleDefinition, countRows: boolean): Difference[] {
  const [old, now] = [cellsOf(before, definition, countRows), cellsOf(after, definition, countRows)]
  const found: Difference[] = []
  for (const at of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(at), now.get(at)]
    if (was && is && same(was.value, is.value)) continue
    found.push({ at, kind: !was ? 'new' : !is ? 'gone' : 'changed', before: was?.value ?? null, after: is?.value ?? null,
      share: was && is ? shareOf(was.value, is.value) : null, rows: (was ?? is)?.rows })
  }
  const rank = { changed: 0, new: 1, gone: 2 }
  return found.sort((a, b) => rank[a.kind] - rank[b.kind] || Math.abs(b.share ?? 0) - Math.abs(a.share ?? 0))
}
