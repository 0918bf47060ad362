// What the engine reads of a programme and gives back. Wider types of the application fit in here.
export type Text = { zh: string; en: string }

export type Grade = { key: string; number: number; name: Text; stage: string }

export type Field = {
  key: string
  name: Text
  type: string
  min?: number | null
  max?: number | null
  step?: number | null
  maxLength?: number | null
  pattern?: string | null
  options?: { key: string }[] | null
  per?: string | null
  grades?: string[] | null
  required?: boolean
  readOnly?: boolean
  showIf?: string | null
  columns?: Field[] | null
  maxRows?: number | null
  dataClass?: string | null
}

export type Rule = {
  id: string
  severity: string
  expr: string
  when?: string | null
  each?: string | null
  missing?: string
  at: string[]
  values?: Record<string, string> | null
  message: Text
}

export type Module = { key: string; fields: Field[]; rules: Rule[] }

export type Indicator = {
  id: string
  kind: string
  applies?: string | null
  numerator?: string | null
  denominator?: string | null
  missing?: string
  later?: Text | null
}

/** A figure from a register that rules may compare with. */
export type Master = { key: string }

/** The bundle the server publishes; `indicators` may be the list or the file around it. */
export type Programme = { programme: { grades: Grade[]; master?: Master[] | null }; modules: Module[] }

export type School = {
  code?: string | null
  type?: string | null
  grades: string[]
  urbanRural?: string | null
  runBy?: string | null
}

export type Period = {
  today: string
  start: string
  end: string
  academicYearStart: string
  academicYearEnd: string
  fiscalYear: number
}

/** An indicator among schools of the same kind in the same county. */
export type PeerStatistics = { n: number; median: number; low: number; high: number; mean: number; deviation: number }

/** What rules know besides the values; the last four are null or left out where nothing is known. */
export type Context = {
  school: School
  period: Period
  /** What the organisation signed for the module in the cycle before. */
  previous?: Record<string, unknown> | null
  /** What the central school of a teaching point signed for the module. */
  parent?: Record<string, unknown> | null
  master?: Record<string, number> | null
  peers?: Record<string, PeerStatistics> | null
}

/** One JSON document a module, as the server stores it. */
export type ValuesByModule = Record<string, Record<string, unknown> | null | undefined>

export type Severity = 'error' | 'warning' | 'info' | 'broken'

/** Something to correct or explain; `broken` means that the expression itself failed. */
export type RuleResult = { rule: string; severity: Severity; at: string[]; message: Text }
