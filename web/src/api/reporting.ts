import { answer, dataOf, reporting as client } from './client'
import { entityTag } from './http'
import type {
  Cycle, Level, ModuleReport, NewCycle, Programme, ProgrammeSummary, Receipt, Report, ReportPage, ReportState, Revision, RevisionSummary,
  ValuesPatch, ValuesSaved,
} from './types'

export type ReportFilter = {
  cycleId?: string
  level?: Level
  state?: ReportState
  organisationId?: string
  search?: string
  page?: number
  pageSize?: number
}

const one = (id: string) => ({ path: { id } })
/** Changes name the version they were made on; the service refuses a stale one. */
const at = (id: string, version: string | number) => ({ path: { id }, header: { 'If-Match': entityTag(version) } })

export const listProgrammes = async (): Promise<ProgrammeSummary[]> => (await dataOf(client.GET('/api/reporting/programmes'))).items
export const readProgramme = async (key: string, version: string) =>
  (await dataOf(client.GET('/api/reporting/programmes/{key}/versions/{version}', { params: { path: { key, version } } }))) as unknown as Programme

export const listCycles = async (): Promise<Cycle[]> => (await dataOf(client.GET('/api/reporting/cycles', { params: { query: { pageSize: 100 } } }))).items
export const createCycle = (cycle: NewCycle): Promise<Cycle> => dataOf(client.POST('/api/reporting/cycles', { body: cycle }))
export const openCycle = (id: string): Promise<Cycle> => dataOf(client.POST('/api/reporting/cycles/{id}/opening', { params: one(id) }))
export const closeCycle = (id: string): Promise<Cycle> => dataOf(client.POST('/api/reporting/cycles/{id}/closing', { params: one(id) }))
export const extend = (cycleId: string, body: { organisationId: string; until: string; reason: string }) =>
  dataOf(client.POST('/api/reporting/cycles/{id}/extensions', { params: one(cycleId), body }))

export const listReports = async (filter: ReportFilter) =>
  (await dataOf(client.GET('/api/reporting/reports', { params: { query: { ...filter, search: filter.search || undefined } } }))) as ReportPage
export const readReport = async (id: string) => (await dataOf(client.GET('/api/reporting/reports/{id}', { params: one(id) }))) as Report

export async function readModuleReport(id: string) {
  const { data, etag } = await answer(client.GET('/api/reporting/module-reports/{id}', { params: one(id) }))
  data.return?.reasons.forEach((reason) => (reason.at ??= ''))
  return { data: data as unknown as ModuleReport, etag }
}

export async function saveValues(id: string, version: string | number, patch: ValuesPatch, keepalive = false) {
  const { data, etag } = await answer(client.PATCH('/api/reporting/module-reports/{id}/values', { params: at(id, version), body: patch, keepalive }))
  return { data: data as ValuesSaved, etag }
}

export const markComplete = (id: string, version: string | number) =>
  dataOf(client.POST('/api/reporting/module-reports/{id}/completion', { params: at(id, version) }))
export const reopen = (id: string, version: string | number) =>
  dataOf(client.DELETE('/api/reporting/module-reports/{id}/completion', { params: at(id, version) }))
export const submit = (id: string, version: string | number, idempotencyKey: string): Promise<Receipt> =>
  dataOf(client.POST('/api/reporting/module-reports/{id}/submission', {
    params: { path: { id }, header: { 'If-Match': entityTag(version), 'Idempotency-Key': idempotencyKey } }, body: { statement: true } }))

export const listRevisions = async (id: string): Promise<RevisionSummary[]> =>
  (await dataOf(client.GET('/api/reporting/module-reports/{id}/revisions', { params: { ...one(id), query: { pageSize: 100 } } }))).items
export const readRevision = async (id: string, number: number) =>
  (await dataOf(client.GET('/api/reporting/module-reports/{id}/revisions/{number}', { params: { path: { id, number } } }))) as unknown as Revision
