import type { Level, Texts } from './common'
import type { Organisation } from './identity'
import type { Severity } from './programme'

export type Scalar = string | number | boolean | null
export type Row = { _id: string } & Record<string, CellValue>
export type CellValue = Scalar | string[] | { [grade: string]: Scalar | string[] } | Row[]
export type Values = Record<string, CellValue>

export type Period = {
  key: string
  academicYear?: string
  start: string
  end: string
  fiscalYear?: number
}

export type Deadlines = Record<Level, string>
export type CycleState = 'planned' | 'open' | 'closed'

export type Cycle = {
  id: string
  programmeKey: string
  programmeVersion: string
  nameZh: string
  nameEn: string
  period: Period
  state: CycleState
  opensAt: string
  deadlines: Deadlines
  moduleKeys: string[]
  rosterSize: number | null
  graceMinutes?: number
}

export type ModuleState = 'not-started' | 'draft' | 'complete' | 'submitted' | 'returned' | 'approved' | 'accepted'
export type ReportState = 'not-started' | 'in-progress' | 'submitted' | 'returned' | 'approved' | 'accepted'

export type ModuleSummary = {
  id: string
  key: string
  state: ModuleState
  revision: number
  version: number
  errors: number | null
  warnings: number | null
  unexplained: number | null
  completion: number | null
  updatedAt: string | null
}

export type Report = {
  id: string
  cycleId: string
  organisation: Organisation
  level: Level
  state: ReportState
  dueAt: string
  extendedUntil: string | null
  modules: ModuleSummary[]
}

export type RuleResult = {
  rule: string
  severity: Severity
  at: string[]
  message: Texts
  explained?: boolean
}

export type Explanation = { rule: string; at: string; text: string }
/** `at` is a cell, or empty for the module as a whole (null on the wire). */
export type ReturnReason = { at: string; code: ReturnCode; text: string }
export type ReturnCode = 'wrong-value' | 'missing-evidence' | 'inconsistent' | 'implausible' | 'unclear' | 'other'
export type Permission = { allowed: boolean; reason: Texts | null }

export type SchoolContext = {
  type: string | null
  grades: string[]
  stages: string[]
  urbanRural?: string | null
  runBy?: string | null
  code?: string | null
  isTeachingPoint?: boolean
}

export type PeriodContext = {
  today: string
  start: string
  end: string
  academicYearStart: string
  academicYearEnd: string
  fiscalYear: number
}

export type RuleContext = { school: SchoolContext; period: PeriodContext }

export type ModuleReport = {
  id: string
  reportId: string
  cycleId: string
  moduleKey: string
  programmeKey: string
  programmeVersion: string
  organisation: Organisation
  level: Level
  state: ModuleState
  version: number
  values: Values | null
  /** Values of other modules that this module's rules read, by field key. */
  relatedValues: Values | null
  context: RuleContext
  explanations: Explanation[]
  savedAt: string | null
  dueAt: string
  extendedUntil: string | null
  revision: number
  return: { at: string; byLevel: Level; dueAt: string | null; reasons: ReturnReason[] } | null
  results: RuleResult[]
  permitted: Record<'edit' | 'complete' | 'reopen' | 'submit', Permission>
}

export type CellChange = { at: string; value: unknown }
export type ValuesPatch = { changes: CellChange[]; explanations: Explanation[] }
export type ValuesSaved = { version: number; savedAt: string; results: RuleResult[]; completion: number }

export type Receipt = {
  receiptNumber: string
  moduleReportId: string
  revision: number
  submittedAt: string
  contentHash: string
  onTime: boolean
}

export type RevisionSummary = {
  revision: number
  receiptNumber: string
  submittedAt: string
  contentHash: string
  onTime?: boolean
}

export type Revision = RevisionSummary & {
  values: Values
  explanations: Explanation[]
  results: RuleResult[]
}
