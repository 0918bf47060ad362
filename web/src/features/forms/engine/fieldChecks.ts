import { dayNumber } from './dates'
import * as texts from './fieldTexts'
import type { Frame } from './frame'
import type { CheckedField, CompiledModule } from './programme'
import type { Grade, RuleResult, Text } from './types'
import { isObject } from './values'

/** Whether the form asks for the field; a condition that can't be told hides it. */
export const isFieldShown = (checked: CheckedField, frame: Frame): boolean =>
  checked.showIf === null || checked.showIf.evaluate(frame.view(false, [])) === true

/** Whether nothing was entered; a value of another type is something. */
export function isMissing({ field }: CheckedField, cell: unknown): boolean {
  if (cell === undefined || cell === null) return true
  if (typeof cell === 'string') return field.type !== 'rows' && cell === ''
  return Array.isArray(cell) && field.type === 'choices' && cell.length === 0
}

export const isAsked = ({ field }: CheckedField, grade: Grade, frame: Frame): boolean =>
  frame.schoolGrades.includes(grade) && field.grades?.includes(grade.key) !== false

/** Checks every shown field of a module against its definition, in the order of the fields. */
export function checkFields(module: CompiledModule, frame: Frame, results: RuleResult[]): void {
  for (const checked of module.fields) {
    if (!isFieldShown(checked, frame)) continue
    const raw = frame.raw(checked.field)
    if (checked.field.per != null) checkMatrix(checked, raw, frame, results)
    else if (checked.field.type === 'rows') checkRows(checked, raw, results)
    else checkCell(checked, raw, checked.field.name, checked.field.key, results)
  }
}

function add(problem: texts.Problem | null, at: string, results: RuleResult[]): void {
  if (problem) results.push({ rule: `field:${problem.check}`, severity: 'error', at: [at], message: problem.message })
}

function checkCell(checked: CheckedField, cell: unknown, label: Text, at: string, results: RuleResult[]): void {
  if (!isMissing(checked, cell)) add(problemOf(checked, cell, label), at, results)
  else if (checked.field.required && !checked.field.readOnly) add(texts.required(label), at, results)
}

function checkMatrix(checked: CheckedField, raw: unknown, frame: Frame, results: RuleResult[]): void {
  const { field } = checked
  if (!isObject(raw) && raw !== undefined && raw !== null) {
    add(texts.notByGrade(field.name), field.key, results)
    return
  }
  const document = isObject(raw) ? raw : {}
  for (const grade of frame.grades) {
    const cell = Object.hasOwn(document, grade.key) ? document[grade.key] : undefined
    const at = `${field.key}/${grade.key}`
    if (isAsked(checked, grade, frame)) checkCell(checked, cell, texts.gradeLabel(field, grade), at, results)
    else if (!isMissing(checked, cell)) add(texts.notForGrade(field.name, grade.name), at, results)
  }
  const unknown = Object.keys(document).filter((key) => !frame.grades.some((grade) => grade.key === key) && !isMissing(checked, document[key]))
  for (const key of unknown.sort(byCodeUnit)) add(texts.notForGrade(field.name, { zh: key, en: key }), `${field.key}/${key}`, results)
}

const byCodeUnit = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function checkRows(checked: CheckedField, raw: unknown, results: RuleResult[]): void {
  const { field } = checked
  if (raw === undefined || raw === null || (Array.isArray(raw) && raw.length === 0)) {
    if (field.required && !field.readOnly) add(texts.required(field.name), field.key, results)
    return
  }
  if (!hasRowIds(raw)) {
    add(texts.wrongType(field, field.name), field.key, results)
    return
  }
  if (field.maxRows != null && raw.length > field.maxRows) add(texts.tooManyRows(field.name, field.maxRows, raw.length), field.key, results)
  raw.forEach((row, index) => {
    for (const column of checked.columns) {
      const cell = Object.hasOwn(row, column.field.key) ? row[column.field.key] : undefined
      checkCell(column, cell, texts.rowLabel(column.field, index), `${field.key}/${row._id}/${column.field.key}`, results)
    }
  })
}

type IdentifiedRow = Record<string, unknown> & { _id: string }

function hasRowIds(raw: unknown): raw is IdentifiedRow[] {
  if (!Array.isArray(raw)) return false
  const ids = new Set<unknown>()
  return raw.every((row: unknown) => {
    if (!isObject(row) || typeof row._id !== 'string' || row._id === '' || ids.has(row._id)) return false
    ids.add(row._id)
    return true
  })
}

/** The first check the cell fails, or null. */
function problemOf(checked: CheckedField, cell: unknown, label: Text): texts.Problem | null {
  const { field, options } = checked
  switch (field.type) {
    case 'integer':
    case 'decimal':
      return numberProblem(checked, cell, label)
    case 'boolean':
      return typeof cell === 'boolean' ? null : texts.wrongType(field, label)
    case 'choice':
      if (typeof cell !== 'string') return texts.wrongType(field, label)
      return options.has(cell) ? null : texts.noOption(label, cell)
    case 'choices':
      return choicesProblem(checked, cell, label)
    case 'date':
      return dayNumber(cell) === null ? texts.wrongType(field, label) : null
    default:
      return textProblem(checked, cell, label)
  }
}

function numberProblem({ field }: CheckedField, cell: unknown, label: Text): texts.Problem | null {
  if (typeof cell !== 'number' || (field.type === 'integer' && Math.floor(cell) !== cell)) return texts.wrongType(field, label)
  if ((field.min != null && cell < field.min) || (field.max != null && cell > field.max)) return texts.outOfRange(field, label, cell)
  if (field.step == null) return null
  const steps = (cell - (field.min ?? 0)) / field.step
  return Math.abs(steps - Math.floor(steps + 0.5)) <= 1e-6 ? null : texts.offStep(label, field.step)
}

function choicesProblem({ field, options }: CheckedField, cell: unknown, label: Text): texts.Problem | null {
  if (!Array.isArray(cell)) return texts.wrongType(field, label)
  const seen = new Set<unknown>()
  for (const item of cell) {
    if (typeof item !== 'string' || seen.has(item)) return texts.wrongType(field, label)
    seen.add(item)
    if (!options.has(item)) return texts.noOption(label, item)
  }
  return null
}

function textProblem({ field, pattern }: CheckedField, cell: unknown, label: Text): texts.Problem | null {
  if (typeof cell !== 'string') return texts.wrongType(field, label)
  if (field.maxLength != null && cell.length > field.maxLength) return texts.tooLong(label, field.maxLength, cell.length)
  return pattern === null || pattern.test(cell) ? null : texts.wrongFormat(label)
}
