import type { Expression } from './cel'
import { checkFields, isAsked, isFieldShown, isMissing } from './fieldChecks'
import { frameOf, misses, missesMember, type Frame, type View } from './frame'
import type { Cell } from './past'
import { compileProgramme, type CompiledProgramme, type CompiledRule } from './programme'
import type { Context, Field, Grade, Programme, RuleResult, Severity, ValuesByModule } from './types'
import { isObject, type Row } from './values'
import { numberText, valueText } from './valueText'

type Scope = { view: View; grade: Grade | null; row: Row | null; rowIndex: number; cell: Cell | null }

/**
 * Everything to correct or explain in one module: field checks in the order of the fields, then rules in the order of the module.
 * The server (building-blocks/Rules) gives exactly the same results; it decides, this shows them while a person types.
 */
export function evaluateModule(programme: Programme, moduleKey: string, valuesByModule: ValuesByModule, context: Context): RuleResult[] {
  const compiled = compileProgramme(programme)
  const module = compiled.module(moduleKey)
  const frame = frameFor(compiled, valuesByModule, context)
  frame.enter(module)
  const results: RuleResult[] = []
  checkFields(module, frame, results)
  for (const rule of module.rules) runRule(rule, frame, results)
  return results
}

/** Whether the form asks for a field now. */
export function isShown(programme: Programme, moduleKey: string, fieldKey: string, valuesByModule: ValuesByModule, context: Context): boolean {
  const compiled = compileProgramme(programme)
  const checked = compiled.module(moduleKey).fields.find(({ field }) => field.key === fieldKey)
  if (!checked) return false
  return checked.showIf === null || isFieldShown(checked, frameFor(compiled, valuesByModule, context))
}

/** Share (0 to 1) of the required cells that have a value; 1 when nothing is required. */
export function moduleCompletion(programme: Programme, moduleKey: string, valuesByModule: ValuesByModule, context: Context): number {
  const compiled = compileProgramme(programme)
  const frame = frameOf(compiled, valuesByModule, context)
  let asked = 0
  let filled = 0
  for (const checked of compiled.module(moduleKey).fields) {
    const { field } = checked
    if (!field.required || field.readOnly || !isFieldShown(checked, frame)) continue
    const raw = frame.raw(field)
    const cells = field.per == null ? [raw] : frame.schoolGrades.filter((grade) => isAsked(checked, grade, frame)).map((grade) => (isObject(raw) ? raw[grade.key] : null))
    asked += cells.length
    filled += cells.filter((cell) => !isMissing(checked, cell) && !(field.type === 'rows' && Array.isArray(cell) && cell.length === 0)).length
  }
  return asked === 0 ? 1 : filled / asked
}

// The same documents are looked at several times in a row: by the rules, and by each field that hangs on a condition.
let seen: { documents: ValuesByModule; context: Context; programme: CompiledProgramme; frame: Frame } | null = null
function frameFor(programme: CompiledProgramme, documents: ValuesByModule, context: Context): Frame {
  if (seen?.documents !== documents || seen.context !== context || seen.programme !== programme) {
    seen = { documents, context, programme, frame: frameOf(programme, documents, context) }
  }
  return seen.frame
}

const nowhere = { grade: null, row: null, rowIndex: 0, cell: null }

function runRule(compiled: CompiledRule, frame: Frame, results: RuleResult[]): void {
  const { rule, rows, allFields } = compiled
  const view = frame.view(rule.missing === 'zero', allFields)
  if (rule.each === 'grade') {
    for (const grade of frame.schoolGrades) {
      const scoped = Object.assign(Object.create(view) as View, { g: grade.key, grade: grade.number })
      runOnce(compiled, { ...nowhere, view: scoped, grade }, results)
    }
  } else if (rows) {
    const all = view[rows.key] as Row[]
    all.forEach((row, rowIndex) => {
      runOnce(compiled, { ...nowhere, view: Object.assign(Object.create(view) as View, { row, rowIndex }), row, rowIndex }, results)
    })
  } else if (rule.each === 'number' || rule.each === 'text') {
    for (const cell of view[`${rule.each}s`] as Cell[]) {
      runOnce(compiled, { ...nowhere, view: Object.assign(Object.create(view) as View, { cell }), cell }, results)
    }
  } else {
    runOnce(compiled, { ...nowhere, view }, results)
  }
}

function runOnce(compiled: CompiledRule, scope: Scope, results: RuleResult[]): void {
  const { rule, expr, when } = compiled
  if ((rule.missing ?? 'skip') === 'skip' && lacks(compiled, expr, compiled.exprFields, scope)) return
  if (when) {
    const holds = when.evaluate(scope.view)
    if (holds === false || (holds !== true && lacks(compiled, when, compiled.whenFields, scope))) return
    if (holds !== true) {
      results.push(broken(compiled, scope))
      return
    }
  }
  const value = expr.evaluate(scope.view)
  if (value !== true) results.push(value === false ? found(compiled, scope) : broken(compiled, scope))
}

/** Whether something the expression reads is missing, cells of its row included. */
const lacks = (rule: CompiledRule, expression: Expression, fields: Field[], { view, grade }: Scope) =>
  misses(view, fields, grade) || expression.members.some((path) => missesMember(view, path, rule.fieldOf(path[1]), grade))

function found(compiled: CompiledRule, scope: Scope): RuleResult {
  const values = compiled.values.map((value) => valueText(value.evaluate(scope.view)))
  const row = scope.row === null ? '' : numberText(scope.rowIndex + 1)
  const message = {
    zh: compiled.zh(values.map((text) => text.zh), scope.grade?.name.zh ?? '', row),
    en: compiled.en(values.map((text) => text.en), scope.grade?.name.en ?? '', row),
  }
  return { rule: compiled.rule.id, severity: compiled.rule.severity as Severity, at: addresses(compiled, scope), message }
}

function broken(compiled: CompiledRule, scope: Scope): RuleResult {
  const { id } = compiled.rule
  const zh = scope.grade ? `（${scope.grade.name.zh}）` : ''
  const en = scope.grade ? ` (${scope.grade.name.en})` : ''
  const message = { zh: `规则 ${id} 无法计算，请告知管理员${zh}。`, en: `Rule ${id} could not be evaluated; please tell the administrator${en}.` }
  return { rule: id, severity: 'broken', at: addresses(compiled, scope), message }
}

function addresses({ rule }: CompiledRule, { grade, row, rowIndex, cell }: Scope): string[] {
  return rule.at.map((address) => {
    if (grade) return address.replaceAll('{g}', grade.key)
    if (cell) return address.replaceAll('{cell}', cell.at)
    return row ? address.replaceAll('{row}', typeof row._id === 'string' ? row._id : String(rowIndex)) : address
  })
}

