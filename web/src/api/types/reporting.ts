import type { components } from '../generated/reporting'
import type { Level, Narrow, Texts } from './common'
import type { Organisation } from './identity'
import type { Severity } from './programme'

type Schemas = components['schemas']

export type Scalar = string | number | boolean | null
export type Row = { _id: string } & Record<string, CellValue>
/** Stands where a personal value is kept from this reader, or was erased when its time was over; the digest lets the receipt's hash be computed. */
export type HiddenValue = { masked?: true; erased?: true; digest?: string }
export type CellValue = Scalar | string[] | { [grade: string]: Scalar | string[] } | Row[]
export type Values = Record<string, CellValue>

export type Period = Schemas['CyclePeriod']
export type Deadlines = Schemas['CycleDeadlines']
export type CycleState = Schemas['CycleState']
export type Cycle = Schemas['CycleResponse']
export type NewCycle = Schemas['CreateCycleRequest']

export type RoomFigures = Schemas['RoomFigures']
export type Room = Schemas['RoomResponse']
export type StuckReport = Schemas['StuckReport']
export type StuckPage = Schemas['PageOfStuckReport']
export type StuckKind = 'missing' | 'unsigned' | 'not-begun' | 'empty' | 'errors' | 'silent'
export type WorkingDay = Schemas['WorkingDayResponse']
export type ExtensionRequest = Schemas['ExtensionRequestResponse']
export type ExtensionRequestPage = Schemas['PageOfExtensionRequestResponse']
export type ExemptionRequest = Schemas['ExemptionRequestResponse']
export type ExemptionRequestPage = Schemas['PageOfExemptionRequestResponse']
export type ExemptionCause = 'closed' | 'merged' | 'disaster' | 'other'

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
/** What rules know besides the values: the context the server sends, with the values signed in the cycle before. */
export type RuleContext = Narrow<Schemas['ModuleReportContext'], { parent: Values | null }> & { previous?: Values | null }

export type ModuleReport = Narrow<Schemas['ModuleReportResponse'], {
  organisation: Organisation
  level: Level
  values: Values | null
  /** Values of other modules that this module's rules read, by field key. */
  relatedValues: Values | null
  /** What was signed for this module in the cycle before. */
  previousValues: Values | null
  context: RuleContext
  results: RuleResult[]
  return: ReturnNotice | null
  setAside: SetAsideCell[]
  permitted: Record<'edit' | 'complete' | 'reopen' | 'submit', { allowed: boolean; reason: Texts | null }>
}>

/** What the organisation submitted for the same module in an earlier cycle. */
export type EarlierCycle = Narrow<Schemas['EarlierCycle'], { values: Values }>

export type CellChange = { at: string; value: unknown }
/** `programmeVersion`: the form it was typed on, when that is no longer the report's. */
export type ValuesPatch = { changes: CellChange[]; explanations: Explanation[]; programmeVersion?: string }
export type ValuesSaved = { version: number; savedAt: string; state: ModuleState; results: RuleResult[]; completion: number; setAside: string[]; checksum?: string; appliedBefore?: boolean }
/** Who saved which cells; addresses alone. */
export type Edit = { version: number; personId: string; name: string | null; savedAt: string; cells: string[] }
export type PresentPerson = Schemas['PresentPerson']

export type RegisterFigure = Schemas['RegisterFigure']
export type RegisterColumn = Schemas['MasterColumnResponse']
export type RegisterLoad = Schemas['MasterLoad']
export type RegisterSources = Schemas['MasterSourcesResponse']
export type RegisterSchool = Schemas['MasterSchool']
export type RegisterPage = Schemas['PageOfMasterSchool']
export type RegisterImport = Narrow<Schemas['ImportMasterFiguresResponse'], { shown: RegisterRow[] }>
export type RegisterRow = Narrow<Schemas['MasterRow'], { status: 'new' | 'changed' | 'unchanged' | 'kept' | 'refused'; faults: { column: string; code: string; messages: Texts }[] }>

export type CheckedReceipt = Schemas['CheckedReceipt']
export type Receipt = Schemas['Receipt']
export type RevisionSummary = Schemas['RevisionSummary']
export type Revision = Narrow<Schemas['RevisionResponse'], { values: Values; results: RuleResult[] }>

/** Two versions of a form, and what becomes of the reports of a cycle. */
export type FieldDifference = Narrow<Schemas['FieldDifference'], { name: Texts; changes: { what: string; before: Texts | null; after: Texts | null }[] }>
export type RuleDifference = Narrow<Schemas['RuleDifference'], { message: Texts }>
export type ModuleDifference = Narrow<Schemas['ModuleDifference'], { name: Texts; fields: FieldDifference[]; rules: RuleDifference[] }>
export type ProgrammeVersionRequest = Schemas['ChangeProgrammeVersionRequest']
export type ProgrammeVersionChange = Narrow<Schemas['ProgrammeVersionChangeResponse'], { differences: ModuleDifference[] }>
export type SetAsideCell = Narrow<Schemas['SetAsideCell'], { value: unknown; name: Texts }>
export type FormMigration = Narrow<Schemas['MigrationResponse'], { difference: ModuleDifference; setAside: SetAsideCell[]; results: RuleResult[] }>
