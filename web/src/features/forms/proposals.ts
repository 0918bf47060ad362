import type { CellValue, Field, Row, Values } from '@/api/types'
import { cellsOf, isEmpty, readCell, rowsOf } from './cells'
import { registerAt, registerKeyOf, type Registers } from './registers'

/** A field whose first value is offered: by a register, or from the last cycle. */
export const mayBeOffered = (field: Field) => field.prefill === 'previous' || registerKeyOf(field) !== null

/** A field whose last value is offered again: it seldom changes, and says nothing about a person. */
const isOffered = (field: Field) => field.prefill === 'previous' && !field.readOnly && !['personal', 'sensitive'].includes(field.dataClass ?? '')

/**
 * Values of the last cycle, and of registers, for cells that have none yet, by address; whole rows by theirs. They are shown and not
 * reported: only what somebody confirms or types becomes a value.
 */
export function proposalsOf(fields: Field[], previous: Values | null, values: Values, grades: string[], dismissed: ReadonlySet<string>, registers: Registers | null = null): Map<string, CellValue> {
  const offers = new Map<string, CellValue>()
  for (const field of registers ? fields.filter((one) => registerKeyOf(one) !== null && !one.readOnly) : [])
    for (const at of cellsOf(field, grades)) {
      const known = isEmpty(readCell(values, at)) && !dismissed.has(at) ? registerAt(field, at, registers) : null
      if (known) offers.set(at, known.value)
    }
  for (const field of previous ? fields.filter(isOffered) : []) {
    const found = field.type === 'rows' ? rowOffers(field, previous!, values) : cellsOf(field, grades)
      .filter((at) => isEmpty(readCell(values, at))).map((at) => [at, fitting(field, readCell(previous!, at))] as const)
    for (const [at, value] of found) if (!isEmpty(value) && !dismissed.has(at)) offers.set(at, value)
  }
  return offers
}

/** A row that is there already, word for word, is not offered again. */
function rowOffers(field: Field, previous: Values, values: Values): (readonly [string, CellValue])[] {
  const columns = field.columns ?? []
  const content = (row: Row) => JSON.stringify(columns.map(({ key }) => row[key] ?? null))
  const present = new Set(rowsOf(values, field.key).map(content))
  return rowsOf(previous, field.key).flatMap((row) => {
    const cells = columns.map((column) => [column.key, fitting(column, row[column.key] ?? null)] as const).filter(([, value]) => !isEmpty(value))
    const offered = { _id: row._id, ...Object.fromEntries(cells) } as Row
    return cells.length > 0 && !present.has(content(offered)) ? [[`${field.key}/${row._id}`, offered as unknown as CellValue] as const] : []
  })
}

/** The value, if the form of this cycle can still hold it: options and types may have changed since. */
function fitting(field: Field, value: CellValue): CellValue {
  const isOption = (key: unknown) => field.options?.some((option) => option.key === key) === true
  switch (field.type) {
    case 'integer':
    case 'decimal':
      return typeof value === 'number' ? value : null
    case 'boolean':
      return typeof value === 'boolean' ? value : null
    case 'choice':
      return isOption(value) ? value : null
    case 'choices':
      return Array.isArray(value) ? (value as string[]).filter(isOption) : null
    default:
      return typeof value === 'string' ? value : null
  }
}
