import type { Field, ModuleDefinition, Values } from '@/api/types'
import { cellsOf, isEmpty, readCell, rowsOf } from './cells'

export type Count = { answered: number; asked: number; missing: string[] }

/** How much of some fields is answered. Only required cells are asked for; a section without any counts all of its cells. */
export function countAnswers(fields: Field[], values: Values, grades: string[]): Count {
  const required = fields.filter((field) => field.required)
  const counted = required.length > 0 ? required : fields
  const cells = counted.flatMap((field) => (field.type === 'rows' && field.required ? [field.key] : cellsOf(field, grades)))
  const missing = cells.filter((at) => isEmpty(readCell(values, at)))
  return { answered: cells.length - missing.length, asked: cells.length, missing: required.length > 0 ? missing : [] }
}

export const fieldsOf = (definition: ModuleDefinition, keys: string[]) =>
  keys.map((key) => definition.fields.find((field) => field.key === key)).filter((field) => field !== undefined)

/** Unanswered required cells, those of repeating rows included. */
export function unansweredCells(fields: Field[], values: Values, grades: string[]): string[] {
  return fields.flatMap((field) => {
    if (field.type !== 'rows') return field.required ? countAnswers([field], values, grades).missing : []
    const rows = rowsOf(values, field.key)
    if (rows.length === 0) return field.required ? [field.key] : []
    const required = (field.columns ?? []).filter((column) => column.required)
    return rows.flatMap((row) =>
      required.filter((column) => isEmpty(row[column.key])).map((column) => `${field.key}/${row._id}/${column.key}`),
    )
  })
}

export type Block = { kind: 'field'; field: Field } | { kind: 'matrix'; fields: Field[] } | { kind: 'gradeChoices'; field: Field }
  | { kind: 'rows'; field: Field }

/** How a section is drawn: neighbouring per-grade fields share one matrix, everything else stands alone. */
export function blocksOf(fields: Field[]): Block[] {
  const blocks: Block[] = []
  for (const field of fields) {
    const last = blocks.at(-1)
    if (field.type === 'rows') blocks.push({ kind: 'rows', field })
    else if (field.per !== 'grade') blocks.push({ kind: 'field', field })
    else if (field.type === 'choices') blocks.push({ kind: 'gradeChoices', field })
    else if (last?.kind === 'matrix') last.fields.push(field)
    else blocks.push({ kind: 'matrix', fields: [field] })
  }
  return blocks
}
