import type { components } from '../generated/reporting'
import type { Level, Narrow, Texts } from './common'
import type { Organisation } from './identity'
import type { Severity } from './programme'

type Schemas = components['schemas']

export type Scalar = string | number | boolean | null
export type Row = { _id: string } & Record<string, CellValue>
export type CellValue = Scalar | string[] | { [grade: string]: Scalar | string[] } | Row[]
export type Values = Record<string, CellValue>

export type Period = Schemas['CyclePeriod']
export type Deadlines = Schemas['CycleDeadlines']
export type CycleState = Schemas['CycleState']
export type Cycle = Schemas['CycleResponse']
export type NewCycle = Schemas['CreateCycleRequest']

export type ModuleState = Schemas['ModuleReportState']
export type ReportState = Schemas['ReportState']
export type ModuleSummary = Schemas['ReportModule']
export type Report = Narrow<Schemas['ReportResponse'], { level: Level; organisation: Organisation }>
export type ReportPage = Narrow<Schemas['PageOfReportResponse'], { items: Report[] }>

/** `explained` is the server's word; while someone types, the form knows better. */
export type RuleResult = { rule: string; severity: Severity; at: string[]; message: Texts; explained?: boolean }
export type Explanation = Schemas['Explanation']
export type ReturnCode = 'wrong-value' | 'missing-evidence' | 'inconsistent' | 'implausible' | 'unclear' | 'other'
/** `at` is a cell, or empty for the module as a whole (null on the wire). */
export type ReturnReason = { at: string; code: ReturnCode; text: string }
export type ReturnNotice = Narrow<Schemas['ReturnNotice'], { byLevel: Level; reasons: ReturnReason[] }>
export type RuleContext = Schemas['ModuleReportContext']

export type ModuleReport = Narrow<Schemas['ModuleReportResponse'], {
  organisation: Organisation
  level: Level
  values: Values | null
  /** Values of other modules that this module's rules read, by field key. */
  relatedValues: Values | null
  results: RuleResult[]
  return: ReturnNotice | null
  permitted: Record<'edit' | 'complete' | 'reopen' | 'submit', { allowed: boolean; reason: Texts | null }>
}>

export type CellChange = { at: string; value: unknown }
export type ValuesPatch = { changes: CellChange[]; explanations: Explanation[] }
export type ValuesSaved = { version: number; savedAt: string; state: ModuleState; results: RuleResult[]; completion: number }

export type Receipt = Schemas['Receipt']
export type RevisionSummary = Schemas['RevisionSummary']
export type Revision = Narrow<Schemas['RevisionResponse'], { values: Values; results: RuleResult[] }>
