import { dayNumber } from './dates'
import type { Field, Grade } from './types'

// JSON to values of expressions. What doesn't have the field's type counts as missing: the field check "type" says so.
// Matrices come out in the programme's order of grades, rows with every column, as in ValueReading.cs.

export type Row = Record<string, unknown>

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const own = (object: Record<string, unknown>, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined)

export function emptyValue(field: Field): unknown {
  if (field.per != null) return {}
  return field.type === 'rows' || field.type === 'choices' ? [] : null
}

/** The value of a cell, or null when it is missing or of another type. */
export function cellValue(field: Field, raw: unknown): unknown {
  switch (field.type) {
    case 'integer':
    case 'decimal':
      return typeof raw === 'number' && !Number.isNaN(raw) ? raw : null
    case 'boolean':
      return typeof raw === 'boolean' ? raw : null
    case 'text':
    case 'choice':
      return typeof raw === 'string' && raw !== '' ? raw : null
    case 'date':
      return dayNumber(raw) === null ? null : raw
    case 'choices': {
      const given = Array.isArray(raw) ? raw.filter((item) => typeof item === 'string') : []
      return given.length === 0 ? null : given
    }
    default:
      return null
  }
}

export function fieldValue(field: Field, raw: unknown, grades: Grade[]): unknown {
  if (field.per != null) return isObject(raw) ? matrix(field, raw, grades) : {}
  if (field.type !== 'rows') return cellValue(field, raw) ?? emptyValue(field)
  return Array.isArray(raw) ? raw.filter(isObject).map((row) => rowValue(field, row)) : []
}

function matrix(field: Field, raw: Record<string, unknown>, grades: Grade[]): Record<string, unknown> {
  const entries: Record<string, unknown> = {}
  for (const grade of grades) {
    const value = cellValue(field, own(raw, grade.key))
    if (value !== null) entries[grade.key] = value
  }
  return entries
}

function rowValue(field: Field, raw: Record<string, unknown>): Row {
  const id = own(raw, '_id')
  const row: Row = { _id: typeof id === 'string' ? id : null }
  for (const column of field.columns ?? []) row[column.key] = cellValue(column, own(raw, column.key))
  return row
}

const isNumber = (field: Field) => field.type === 'integer' || field.type === 'decimal'

/** The value with 0 for its missing numbers; a matrix gets them for the asked grades of the school. */
export function zeroedValue(field: Field, value: unknown, grades: Grade[], schoolGrades: Grade[]): unknown {
  if (field.type === 'rows') return (value as Row[]).map((row) => zeroedRow(field, row))
  if (!isNumber(field)) return value
  if (field.per == null) return value ?? 0
  const given = value as Record<string, unknown>
  const entries: Record<string, unknown> = {}
  for (const grade of grades) {
    if (Object.hasOwn(given, grade.key)) entries[grade.key] = given[grade.key]
    else if (schoolGrades.includes(grade) && field.grades?.includes(grade.key) !== false) entries[grade.key] = 0
  }
  return entries
}

function zeroedRow(field: Field, row: Row): Row {
  const zeroed = { ...row }
  for (const column of field.columns ?? []) if (isNumber(column)) zeroed[column.key] ??= 0
  return zeroed
}
