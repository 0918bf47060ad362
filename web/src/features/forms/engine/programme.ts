import { compile, type Expression } from './cel'
import { template, type Template } from './messages'
import type { Field, Grade, Master, Module, Programme, Rule } from './types'
import { emptyValue } from './values'

export type CompiledRule = {
  rule: Rule
  expr: Expression
  when: Expression | null
  values: Expression[]
  zh: Template
  en: Template
  exprFields: Field[]
  whenFields: Field[]
  allFields: Field[]
  rows: Field | null
  fieldOf: (key: string) => Field | undefined
}

export type CheckedField = { field: Field; showIf: Expression | null; pattern: RegExp | null; options: Set<string>; columns: CheckedField[] }

export type CompiledModule = {
  module: Module
  fields: CheckedField[]
  rules: CompiledRule[]
  /** Names its rules use. */
  names: Set<string>
  /** Indicators whose figures among other schools its rules read. */
  peerMeasures: string[]
}

export type CompiledProgramme = {
  grades: Grade[]
  master: Master[]
  fields: Map<string, { field: Field; module: string }>
  /** Every field with its empty value: what contexts inherit from. */
  empty: Record<string, unknown>
  module: (key: string) => CompiledModule
}

const compiled = new WeakMap<object, CompiledProgramme>()

/** Compiles a module at its first use and keeps it as long as the programme is kept. */
export function compileProgramme(programme: Programme): CompiledProgramme {
  let found = compiled.get(programme)
  if (!found) compiled.set(programme, (found = build(programme)))
  return found
}

function build(programme: Programme): CompiledProgramme {
  const fields = new Map(programme.modules.flatMap((module) => module.fields.map((field) => [field.key, { field, module: module.key }] as const)))
  const modules = new Map<string, CompiledModule>()
  const module = (key: string) => {
    let found = modules.get(key)
    if (!found) modules.set(key, (found = buildModule(programme, key, fields)))
    return found
  }
  const empty = Object.fromEntries([...fields].map(([key, { field }]) => [key, emptyValue(field)]))
  return { grades: programme.programme.grades, master: programme.programme.master ?? [], fields, empty, module }
}

function buildModule(programme: Programme, key: string, fields: CompiledProgramme['fields']): CompiledModule {
  const module = programme.modules.find((candidate) => candidate.key === key)
  if (!module) throw new Error(`no module '${key}'`)
  const rules = module.rules.map((rule) => compileRule(rule, fields))
  const expressions = rules.flatMap(({ expr, when, values }) => [expr, ...(when ? [when] : []), ...values])
  const names = new Set([...expressions.flatMap((one) => one.names), ...module.rules.map(({ each }) => `${each ?? ''}s`)])
  const measures = expressions.flatMap((one) => one.members.filter(([name]) => name === 'peers').map(([, member]) => member))
  return { module, fields: module.fields.map(checkedField), rules, names, peerMeasures: [...new Set(measures)] }
}

function checkedField(field: Field): CheckedField {
  return {
    field,
    showIf: field.showIf == null ? null : compile(field.showIf),
    pattern: field.pattern == null ? null : new RegExp(field.pattern),
    options: new Set(field.options?.map((option) => option.key)),
    columns: (field.columns ?? []).map(checkedField),
  }
}

function compileRule(rule: Rule, fields: CompiledProgramme['fields']): CompiledRule {
  const expr = compile(rule.expr)
  const when = rule.when == null ? null : compile(rule.when)
  const names = Object.keys(rule.values ?? {})
  const values = Object.values(rule.values ?? {}).map(compile)
  const rows = rule.each?.startsWith('row:') ? (fields.get(rule.each.slice(4))?.field ?? null) : null
  const read = (...expressions: (Expression | null)[]) =>
    [...new Set(expressions.flatMap((expression) => expression?.names ?? []))].flatMap((name) => fields.get(name)?.field ?? [])
  const allFields = read(expr, when, ...values)
  if (rows && !allFields.includes(rows)) allFields.push(rows)
  return {
    rule, expr, when, values, rows, allFields,
    zh: template(rule.message.zh, names),
    en: template(rule.message.en, names),
    fieldOf: (key) => fields.get(key)?.field,
    exprFields: read(expr),
    whenFields: read(when),
  }
}
