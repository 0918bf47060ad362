import type { Level, Texts } from './common'

export type FieldType = 'integer' | 'decimal' | 'boolean' | 'choice' | 'choices' | 'text' | 'date' | 'rows'
export type Option = { key: string; name: Texts }

export type Field = {
  key: string
  number?: string
  name: Texts
  type: FieldType
  unit?: Texts | string
  min?: number
  max?: number
  step?: number
  maxLength?: number
  pattern?: string
  options?: Option[]
  per?: 'grade'
  grades?: string[]
  required?: boolean
  dataClass?: 'public' | 'internal' | 'personal' | 'sensitive'
  by?: string
  when?: string
  evidence?: boolean
  prefill?: string
  readOnly?: boolean
  showIf?: string
  columns?: Field[]
  maxRows?: number
  help?: Texts
}

export type Severity = 'error' | 'warning' | 'info' | 'broken'

export type Rule = {
  id: string
  severity: Severity
  expr: string
  when?: string
  each?: string
  missing?: 'skip' | 'zero' | 'run'
  at?: string[]
  values?: Record<string, string>
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

export type IndicatorSet = { version: string; indicators: IndicatorDefinition[] }
export type Programme = { programme: ProgrammeHead; modules: ModuleDefinition[]; indicators: IndicatorSet }
export type ProgrammeSummary = { key: string; version: string; name: Texts }
