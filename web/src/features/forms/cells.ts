import type { CellValue, Field, HiddenValue, Row, Values } from '@/api/types'

// Cells have addresses: `boarders`, `classes/g1`, `titles/r1`, `titles/r1/level`.
export type CellAddress = { field: string; key?: string; column?: string }

export function parseAddress(at: string): CellAddress {
  const [field = '', key, column] = at.split('/')
  return { field, key, column }
}

export const address = (...parts: (string | undefined)[]) => parts.filter((part) => part !== undefined).join('/')

const isRecord = (value: unknown): value is Record<string, CellValue> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a mark stands in the value's place: it is there, but not for this reader, or no longer. */
export const isHidden = (value: unknown): value is HiddenValue => isRecord(value) && (value.masked === true || value.erased === true)

/** Whether anything of a document is hidden, and why; what a reader is told above the form. */
export function hiddenIn(values: Values): 'masked' | 'erased' | null {
  const marks = Object.values(values).flatMap((value) => (Array.isArray(value) ? value.flatMap((row) => (isRecord(row) ? Object.values(row) : [])) : isHidden(value) ? [value] : isRecord(value) ? Object.values(value) : []))
    .filter(isHidden)
  return marks.some((one) => one.masked) ? 'masked' : marks.length > 0 ? 'erased' : null
}

// Every cell of a long table asks for its row at every keystroke: each state of the table is read once.
const indexes = new WeakMap<object, { rows: Row[]; byId: Map<string, Row> }>()
function indexOf(value: CellValue[]) {
  let index = indexes.get(value)
  if (!index) {
    const rows = (value as unknown[]).filter((row): row is Row => isRecord(row) && '_id' in row)
    indexes.set(value, (index = { rows, byId: new Map(rows.map((row) => [row._id, row])) }))
  }
  return index
}

export const rowsOf = (values: Values, field: string): Row[] => {
  const value = values[field]
  return Array.isArray(value) ? indexOf(value as CellValue[]).rows : []
}

export function readCell(values: Values, at: string): CellValue {
  const { field, key, column } = parseAddress(at)
  const value = values[field] ?? null
  if (key === undefined) return value
  if (isRecord(value)) return value[key] ?? null
  const row = Array.isArray(value) ? indexOf(value as CellValue[]).byId.get(key) : undefined
  if (!row) return null
  return column === undefined ? (row as unknown as CellValue) : (row[column] ?? null)
}

/** A copy of the values with one cell changed; null removes the cell, or the row. */
export function writeCell(values: Values, at: string, value: unknown): Values {
  const { field, key, column } = parseAddress(at)
  const cell = value as CellValue
  if (key === undefined) return cell === null ? without(values, field) : { ...values, [field]: cell }

  const isRow = column !== undefined || Array.isArray(values[field]) || isRecord(cell)
  if (!isRow || isMatrix(values[field])) {
    const grades = isRecord(values[field]) ? values[field] : {}
    const next = cell === null ? without(grades, key) : { ...grades, [key]: cell }
    return { ...values, [field]: next as CellValue }
  }
  return { ...values, [field]: writeRow(rowsOf(values, field), key, column, cell) }
}

const isMatrix = (value: unknown) => isRecord(value)

function writeRow(rows: Row[], id: string, column: string | undefined, cell: CellValue): Row[] {
  if (column === undefined && cell === null) return rows.filter((row) => row._id !== id)
  const existing = rows.find((row) => row._id === id) ?? { _id: id }
  const changed = (
    column === undefined
      ? { ...(isRecord(cell) ? cell : {}), _id: id }
      : cell === null
        ? without(existing, column)
        : { ...existing, [column]: cell }
  ) as Row
  return rows.some((row) => row._id === id) ? rows.map((row) => (row._id === id ? changed : row)) : [...rows, changed]
}

function without<T extends Record<string, unknown>>(source: T, key: string): T {
  const rest = { ...source }
  delete rest[key]
  return rest
}

/** Marks without those of some cells, or of all cells of rows that are written or removed as a whole; the same map when there are none. */
export function withoutCells<T>(marks: ReadonlyMap<string, T>, cells: string[]): ReadonlyMap<string, T> {
  if (marks.size === 0) return marks
  const gone = new Set(cells)
  const isOf = (at: string) => gone.has(at) || at.split('/').some((_, index, parts) => gone.has(parts.slice(0, index).join('/')))
  return [...marks.keys()].some(isOf) ? new Map([...marks].filter(([at]) => !isOf(at))) : marks
}

export function nextRowId(values: Values, field: string): string {
  const numbers = rowsOf(values, field).map((row) => Number(/^r(\d+)$/.exec(row._id)?.[1] ?? 0))
  return `r${Math.max(0, ...numbers) + 1}`
}

export const isEmpty = (value: CellValue | undefined) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** The grades a field asks this school for. */
export const gradesFor = (field: Field, schoolGrades: string[]) =>
  schoolGrades.filter((grade) => !field.grades || field.grades.includes(grade))

/** Every cell a field consists of, rows excepted: how many rows there should be nobody knows. */
export function cellsOf(field: Field, schoolGrades: string[]): string[] {
  if (field.type === 'rows') return []
  return field.per === 'grade' ? gradesFor(field, schoolGrades).map((grade) => `${field.key}/${grade}`) : [field.key]
}

/** The element a cell is drawn in; used by links that jump to it. */
export const cellId = (at: string) => `cell-${at.replaceAll('/', '-')}`
