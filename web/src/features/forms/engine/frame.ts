import { cellsOf, isNumber, isText, masterValues, pastValues, peerValues } from './past'
import type { CompiledModule, CompiledProgramme } from './programme'
import type { Context, Field, Grade, ValuesByModule } from './types'
import { fieldValue, isObject, zeroedValue } from './values'

/** Values in a context: what expressions see, plainly or with zero for missing numbers. */
export type Frame = {
  grades: Grade[]
  schoolGrades: Grade[]
  /** The document a field's cell stands in, unread. */
  raw: (field: Field) => unknown
  view: (zero: boolean, fields: Field[]) => View
  /** Gives the rules of a module what belongs to this module: its past, its peers, its cells as lists. */
  enter: (module: CompiledModule) => void
}

/** A context of expressions; the scope's names (g, grade, row, rowIndex) are set on it. */
export type View = Record<string, unknown>

export function frameOf(programme: CompiledProgramme, valuesByModule: ValuesByModule, context: Context): Frame {
  const schoolGrades = programme.grades.filter((grade) => context.school.grades.includes(grade.key))
  const plain = Object.create(programme.empty) as View
  plain.school = school(context, schoolGrades)
  plain.period = period(context)
  const raws = new Map<string, unknown>()
  for (const [key, { field, module }] of programme.fields) {
    const document = valuesByModule[module]
    if (!isObject(document) || !Object.hasOwn(document, key)) continue
    raws.set(key, document[key])
    plain[key] = fieldValue(field, document[key], programme.grades)
  }
  const zeroed = Object.create(plain) as View
  const view = (zero: boolean, fields: Field[]) => {
    if (!zero) return plain
    for (const { key } of fields) {
      const field = programme.fields.get(key)?.field
      if (field && !Object.hasOwn(zeroed, key)) zeroed[key] = zeroedValue(field, plain[key], programme.grades, schoolGrades)
    }
    return zeroed
  }
  const enter = ({ module, names, peerMeasures }: CompiledModule) => {
    if (names.has('master')) plain.master = masterValues(programme.master, context)
    if (names.has('peers')) plain.peers = peerValues(peerMeasures, context)
    if (names.has('parent')) plain.parent = pastValues(module, context.parent, programme.grades)
    if (!names.has('numbers') && !names.has('texts') && !names.has('previous')) return
    const previous = pastValues(module, context.previous, programme.grades)
    plain.previous = previous
    if (names.has('numbers')) plain.numbers = cellsOf(module, plain, previous, isNumber)
    if (names.has('texts')) plain.texts = cellsOf(module, plain, previous, isText)
  }
  return { grades: programme.grades, schoolGrades, enter, raw: (field) => raws.get(field.key), view }
}

function school(context: Context, grades: Grade[]) {
  const { code, type, urbanRural, runBy } = context.school
  return {
    code: code ?? null,
    type: type ?? null,
    grades: grades.map((grade) => grade.key),
    stages: [...new Set(grades.map((grade) => grade.stage))],
    urbanRural: urbanRural ?? null,
    runBy: runBy ?? null,
    isTeachingPoint: type === 'teaching-point',
  }
}

function period({ period: { today, start, end, academicYearStart, academicYearEnd, fiscalYear } }: Context) {
  return { today, start, end, academicYearStart, academicYearEnd, fiscalYear }
}

/** Whether a field an expression reads was not given; a matrix is missing at the grade, or when it has no entry at all. */
export function misses(view: View, fields: Field[], grade: Grade | null): boolean {
  return fields.some((field) => field.type !== 'rows' && isMissing(view[field.key], grade))
}

/** Whether a member an expression takes of its row or cell, of the past, the register or the peers is not known. */
export function missesMember(view: View, [name, member]: [string, string], field: Field | undefined, grade: Grade | null): boolean {
  const map = view[name]
  if (map === null || map === undefined) return false
  const value = (map as Record<string, unknown>)[member]
  if (name === 'peers') return (value as { median: unknown }).median === null
  if (name !== 'previous' && name !== 'parent') return value == null
  return field?.type !== 'rows' && isMissing(value, grade)
}

function isMissing(value: unknown, grade: Grade | null): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (isObject(value)) return grade ? !Object.hasOwn(value, grade.key) : Object.keys(value).length === 0
  return value === null || value === undefined
}
