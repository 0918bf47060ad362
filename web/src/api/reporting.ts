import { answer, dataOf, reporting as client } from './client'
import { kept, keptData } from './copies'
import { entityTag } from './http'
import type {
  CheckedReceipt, Cycle, EarlierCycle, Edit, FormMigration, Level, ModuleReport, NewCycle, PresentPerson, Programme, ProgrammeSummary, ProgrammeVersionChange, ProgrammeVersionRequest, Receipt, Report, ReportPage, ReportState, Revision, RevisionSummary,
  ValuesPatch, ValuesSaved,
} from './types'

export type ReportFilter = {
  cycleId?: string
  level?: Level
  state?: ReportState
  organisationId?: string
  /** With a module that is complete and waits for the approver's signature. */
  unsigned?: boolean
  search?: string
  page?: number
  pageSize?: number
}

const one = (id: string) => ({ path: { id } })
/** Changes name the version they were made on; the service refuses a stale one. */
const at = (id: string, version: string | number) => ({ path: { id }, header: { 'If-Match': entityTag(version) } })

export const listProgrammes = async (): Promise<ProgrammeSummary[]> => (await dataOf(client.GET('/api/reporting/programmes'))).items
export const readProgramme = async (key: string, version: string) => (await keptData(`programme/${key}/${version}`, () =>
  dataOf(client.GET('/api/reporting/programmes/{key}/versions/{version}', { params: { path: { key, version } } })))) as unknown as Programme
/** The programme as the form of one module needs it: the others have only the kinds of their fields. */
export const readModuleForm = async (key: string, version: string, module: string) => (await keptData(`programme/${key}/${version}/${module}`, () =>
  dataOf(client.GET('/api/reporting/programmes/{key}/versions/{version}', { params: { path: { key, version }, query: { module } } })))) as unknown as Programme

export const listCycles = (): Promise<Cycle[]> =>
  keptData('cycles', async () => (await dataOf(client.GET('/api/reporting/cycles', { params: { query: { pageSize: 100 } } }))).items)
export const createCycle = (cycle: NewCycle): Promise<Cycle> => dataOf(client.POST('/api/reporting/cycles', { body: cycle }))
export const openCycle = (id: string): Promise<Cycle> => dataOf(client.POST('/api/reporting/cycles/{id}/opening', { params: one(id) }))
export const closeCycle = (id: string): Promise<Cycle> => dataOf(client.POST('/api/reporting/cycles/{id}/closing', { params: one(id) }))
export const readCycle = async (id: string) => {
  const { data, etag } = await answer(client.GET('/api/reporting/cycles/{id}', { params: one(id) }))
  return { data: data as Cycle, etag }
}
export const changeProgrammeVersion = async (id: string, etag: string, body: ProgrammeVersionRequest, preview = false): Promise<ProgrammeVersionChange> =>
  (await dataOf(client.POST('/api/reporting/cycles/{id}/programme-version', { params: { ...at(id, etag), query: { preview } }, body }))) as unknown as ProgrammeVersionChange
export const extend = (cycleId: string, body: { organisationId: string; until: string; reason: string }) =>
  dataOf(client.POST('/api/reporting/cycles/{id}/extensions', { params: one(cycleId), body }))

export const listReports = async (filter: ReportFilter) =>
  (await dataOf(client.GET('/api/reporting/reports', { params: { query: { ...filter, search: filter.search || undefined } } }))) as ReportPage
/** The reports of one organisation: what its own people see first, also without a network. */
export const listOwnReports = (organisationId: string, level: Level) =>
  keptData(`reports/${organisationId}/${level}`, () => listReports({ organisationId, level, pageSize: 50 }))
export const readReport = (id: string) => keptData(`report/${id}`, async () => (await dataOf(client.GET('/api/reporting/reports/{id}', { params: one(id) }))) as Report)

export const moduleCopy = (id: string) => `module/${id}`

export async function readModuleReport(id: string) {
  const { data, etag } = await kept(moduleCopy(id), () => answer(client.GET('/api/reporting/module-reports/{id}', { params: one(id) })))
  data.return?.reasons.forEach((reason) => (reason.at ??= ''))
  return { data: data as unknown as ModuleReport, etag }
}

export const readHistory = async (id: string) =>
  (await dataOf(client.GET('/api/reporting/module-reports/{id}/history', { params: one(id) }))).cycles as EarlierCycle[]

/** A batch under a key is stored once, however often it is sent. */
export async function saveValues(id: string, version: string | number, patch: ValuesPatch, key?: string, keepalive = false) {
  const { data, etag } = await answer(client.PATCH('/api/reporting/module-reports/{id}/values', {
    params: at(id, version), headers: key ? { 'Idempotency-Key': key } : {}, body: patch, keepalive }))
  return { data: data as ValuesSaved, etag }
}

export const listEdits = async (id: string, since: number): Promise<Edit[]> =>
  (await dataOf(client.GET('/api/reporting/module-reports/{id}/edits', { params: { ...one(id), query: { since } } }))).items as Edit[]
export const keepPresence = (id: string, name: string) => dataOf(client.PUT('/api/reporting/module-reports/{id}/presence', { params: one(id), body: { name } }))
export const endPresence = (id: string) => dataOf(client.DELETE('/api/reporting/module-reports/{id}/presence', { params: one(id), keepalive: true }))
export const listPresences = async (reportId: string): Promise<PresentPerson[]> =>
  (await dataOf(client.GET('/api/reporting/reports/{id}/presence', { params: one(reportId) }))).items

export const markComplete = (id: string, version: string | number) =>
  dataOf(client.POST('/api/reporting/module-reports/{id}/completion', { params: at(id, version) }))
export const reopen = (id: string, version: string | number) =>
  dataOf(client.DELETE('/api/reporting/module-reports/{id}/completion', { params: at(id, version) }))
export const submit = (id: string, version: string | number, idempotencyKey: string, statementVersion: string | null = null): Promise<Receipt> =>
  dataOf(client.POST('/api/reporting/module-reports/{id}/submission', {
    params: { path: { id }, header: { 'If-Match': entityTag(version), 'Idempotency-Key': idempotencyKey } }, body: { statement: true, statementVersion } }))
/** Nobody need be signed in. In the body: a code in an address would stand in logs on the way. */
export const checkReceipt = (code: string): Promise<CheckedReceipt> => dataOf(client.POST('/api/reporting/checks', { body: { code } }))

/** The organisation takes the cycle's newer form; with preview it only says what that would change. */
export const migrate = async (id: string, version: string | number, preview = false): Promise<FormMigration> =>
  (await dataOf(client.POST('/api/reporting/module-reports/{id}/migration', { params: { ...at(id, version), query: { preview } } }))) as unknown as FormMigration

export const listRevisions = async (id: string): Promise<RevisionSummary[]> =>
  (await dataOf(client.GET('/api/reporting/module-reports/{id}/revisions', { params: { ...one(id), query: { pageSize: 100 } } }))).items
export const readRevision = async (id: string, number: number) =>
  (await dataOf(client.GET('/api/reporting/module-reports/{id}/revisions/{number}', { params: { path: { id, number } } }))) as unknown as Revision
