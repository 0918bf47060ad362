import type { CellValue, Field, Row, Values } from '@/api/types'

// Cells have addresses: `boarders`, `classes/g1`, `titles/r1`, `titles/r1/level`.
export type CellAddress = { field: string; key?: string; column?: string }

export function parseAddress(at: string): CellAddress {
  const [field = '', key, column] = at.split('/')
  return { field, key, column }
}

export const address = (...parts: (string | undefined)[]) => parts.filter((part) => part !== undefined).join('/')

const isRecord = (value: unknown): value is Record<string, CellValue> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const rowsOf = (values: Values, field: string): Row[] => {
  const value = values[field]
  return Array.isArray(value) ? value.filter((row): row is Row => isRecord(row) && '_id' in row) : []
}

export function readCell(values: Values, at: string): CellValue {
  const { field, key, column } = parseAddress(at)
  const value = values[field] ?? null
  if (key === undefined) return value
  if (isRecord(value)) return value[key] ?? null
  const row = rowsOf(values, field).find((one) => one._id === key)
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
