import type { Context, Field, Grade, Master, Module } from './types'
import { emptyValue, fieldValue, isObject, type Row } from './values'

// What rules compare with (PastAndPeers.cs and ModuleCells.cs are the twins). Every member is always there: null or empty where
// nothing is known, so that a first cycle or a school without peers is a missing value and never a failure.

export type Cell = { at: string; value: unknown; before: unknown }

const isPersonal = (field: Field) => field.dataClass === 'personal' || field.dataClass === 'sensitive'

/** A module's document of another time or school, read as the form's own is. */
export function pastValues(module: Module, document: unknown, grades: Grade[]): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const field of module.fields) {
    if (isPersonal(field)) continue
    const known = isObject(document) && Object.hasOwn(document, field.key)
    values[field.key] = known ? fieldValue(field, document[field.key], grades) : emptyValue(field)
  }
  return values
}

export const masterValues = (master: Master[], { master: known }: Context) =>
  Object.fromEntries(master.map(({ key }) => [key, known?.[key] ?? null]))

const noPeers = { n: 0, median: null, low: null, high: null, mean: null, deviation: null }

export const peerValues = (measures: string[], { peers }: Context) =>
  Object.fromEntries(measures.map((id) => [id, peers?.[id] ?? noPeers]))

/** The cells of a module that people typed, in a list; fields the system sets and personal ones are left out. */
export function cellsOf(module: Module, values: Record<string, unknown>, previous: Record<string, unknown>, wanted: (field: Field) => boolean): Cell[] {
  const cells: Cell[] = []
  const add = (at: string, value: unknown, before: unknown) => {
    if (value !== null && value !== undefined) cells.push({ at, value, before: before ?? null })
  }
  for (const field of module.fields) {
    if (field.readOnly || isPersonal(field)) continue
    const value = values[field.key]
    const before = previous[field.key]
    if (field.type === 'rows') addRows(field, value as Row[], before as Row[], wanted, add)
    else if (!wanted(field)) continue
    else if (field.per == null) add(field.key, value, before)
    else for (const [grade, entry] of Object.entries(value as object)) add(`${field.key}/${grade}`, entry, (before as Record<string, unknown>)[grade])
  }
  return cells
}

function addRows(
  field: Field, rows: Row[], before: Row[], wanted: (field: Field) => boolean, add: (at: string, value: unknown, before: unknown) => void,
): void {
  const columns = (field.columns ?? []).filter((column) => !isPersonal(column) && wanted(column))
  rows.forEach((row, index) => {
    const id = typeof row._id === 'string' ? row._id : null
    const earlier = id === null ? undefined : before.find((known) => known._id === id)
    for (const { key } of columns) add(`${field.key}/${id ?? index}/${key}`, row[key], earlier?.[key])
  })
}

export const isNumber = (field: Field) => field.type === 'integer' || field.type === 'decimal'
export const isText = (field: Field) => field.type === 'text'
