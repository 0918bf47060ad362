import type { Level, Texts } from './common'

export type FieldType = 'integer' | 'decimal' | 'boolean' | 'choice' | 'choices' | 'text' | 'date' | 'rows'
export type Option = { key: string; name: Texts }

export type Field = {
  key: string
  number?: string | null
  name: Texts
  type: FieldType
  unit?: Texts | string | null
  min?: number | null
  max?: number | null
  step?: number | null
  maxLength?: number | null
  pattern?: string | null
  options?: Option[] | null
  per?: 'grade' | null
  grades?: string[] | null
  required?: boolean
  dataClass?: 'public' | 'internal' | 'personal' | 'sensitive' | null
  by?: string | null
  when?: string | null
  evidence?: boolean
  prefill?: string | null
  readOnly?: boolean
  showIf?: string | null
  columns?: Field[] | null
  maxRows?: number | null
  help?: Texts | null
}

export type Severity = 'error' | 'warning' | 'info' | 'broken'

export type Rule = {
  id: string
  severity: Severity
  expr: string
  when?: string | null
  each?: string | null
  missing?: 'skip' | 'zero' | 'run'
  at: string[]
  values?: Record<string, string> | null
  message: Texts
}

export type Section = { key: string; name: Texts; fields: string[] }

export type ModuleDefinition = {
  key: string
  number: number | string
  levels: Level[]
  name: Texts
  help?: Texts
  sections: Section[]
  fields: Field[]
  rules: Rule[]
}

export type Grade = { key: string; number: number; name: Texts; stage: string }
export type Area = { key: string; name: Texts; weight: number }

export type ProgrammeHead = {
  key: string
  version: string
  name: Texts
  areas: Area[]
  grades: Grade[]
  schoolTypes?: { key: string; name: Texts; grades: string[]; codeClasses?: string[] }[]
  modules: string[]
  departmentModules: string[]
  /** What an approver takes responsibility for; older versions of a programme have none. */
  statement?: { version: string; text: Texts } | null
}

export type IndicatorDefinition = {
  id: string
  area: string
  name: Texts
  unit: Texts | string
  kind: string
  decimals: number
  direction: 'up' | 'down' | 'band'
  target?: { value?: number; median?: boolean; source?: string }
  numerator?: string
  denominator?: string
  later?: Texts
}

export type Programme = { programme: ProgrammeHead; modules: ModuleDefinition[]; indicatorsVersion: string; indicators: IndicatorDefinition[] }
export type ProgrammeSummary = { key: string; version: string; nameZh: string; nameEn: string; publishedAt: string }
