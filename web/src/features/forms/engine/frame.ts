import type { CompiledProgramme } from './programme'
import type { Context, Field, Grade, ValuesByModule } from './types'
import { fieldValue, isObject, zeroedValue } from './values'

/** Values in a context: what expressions see, plainly or with zero for missing numbers. */
export type Frame = {
  grades: Grade[]
  schoolGrades: Grade[]
  /** The document a field's cell stands in, unread. */
  raw: (field: Field) => unknown
  view: (zero: boolean, fields: Field[]) => View
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
  return { grades: programme.grades, schoolGrades, raw: (field) => raws.get(field.key), view }
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
  return fields.some((field) => {
    const value = view[field.key]
    if (field.type === 'rows') return false
    if (field.per != null) {
      const given = value as Record<string, unknown>
      return grade ? !Object.hasOwn(given, grade.key) : Object.keys(given).length === 0
    }
    return value === null || (Array.isArray(value) && value.length === 0)
  })
}
