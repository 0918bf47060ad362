import { get, send } from './http'
import type {
  Cycle, Deadlines, Level, ModuleReport, Paged, Period, Programme, ProgrammeSummary, Receipt, Report, ReportState,
  Revision, RevisionSummary, ValuesPatch, ValuesSaved,
} from './types'

const root = '/api/reporting'
const moduleReport = (id: string) => `${root}/module-reports/${id}`

export type NewCycle = {
  programmeKey: string
  nameZh: string
  nameEn: string
  period: Period
  moduleKeys: string[]
  opensAt: string
  deadlines: Deadlines
  graceMinutes: number
}

export type ReportFilter = {
  cycleId?: string
  level?: Level
  state?: ReportState
  organisationId?: string
  search?: string
  page?: number
  pageSize?: number
}

// Some lists are short enough that the service sends them bare; both shapes are read.
const itemsOf = <T>(answer: T[] | { items: T[] }) => (Array.isArray(answer) ? answer : answer.items)

export const listProgrammes = async () =>
  itemsOf(await get<ProgrammeSummary[] | { items: ProgrammeSummary[] }>(`${root}/programmes`))
export const readProgramme = (key: string, version: string) =>
  get<Programme>(`${root}/programmes/${key}/versions/${version}`)

export const listCycles = async () => itemsOf(await get<Cycle[] | Paged<Cycle>>(`${root}/cycles`, { pageSize: 100 }))
export const readCycle = (id: string) => get<Cycle>(`${root}/cycles/${id}`)
export const createCycle = async (cycle: NewCycle) => (await send<Cycle>('POST', `${root}/cycles`, { body: cycle })).data
export const openCycle = async (id: string) => (await send<Cycle>('POST', `${root}/cycles/${id}/opening`)).data
export const closeCycle = async (id: string) => (await send<Cycle>('POST', `${root}/cycles/${id}/closing`)).data
export const extend = (cycleId: string, body: { organisationId: string; until: string; reason: string }) =>
  send<unknown>('POST', `${root}/cycles/${cycleId}/extensions`, { body })

export const listReports = (filter: ReportFilter) => get<Paged<Report>>(`${root}/reports`, filter)
export const readReport = (id: string) => get<Report>(`${root}/reports/${id}`)

export async function readModuleReport(id: string) {
  const answer = await send<ModuleReport>('GET', moduleReport(id))
  answer.data.return?.reasons.forEach((reason) => (reason.at ??= ''))
  return answer
}

export const saveValues = (id: string, version: string | number, patch: ValuesPatch, keepalive = false) =>
  send<ValuesSaved>('PATCH', `${moduleReport(id)}/values`, { body: patch, ifMatch: version, keepalive })
export const markComplete = (id: string, version: string | number) =>
  send<unknown>('POST', `${moduleReport(id)}/completion`, { ifMatch: version })
export const reopen = (id: string, version: string | number) =>
  send<unknown>('DELETE', `${moduleReport(id)}/completion`, { ifMatch: version })
export const submit = async (id: string, version: string | number, idempotencyKey: string) =>
  (await send<Receipt>('POST', `${moduleReport(id)}/submission`, { body: { statement: true }, ifMatch: version, idempotencyKey }))
    .data

export const listRevisions = async (id: string) =>
  itemsOf(await get<RevisionSummary[] | { items: RevisionSummary[] }>(`${moduleReport(id)}/revisions`))
export const readRevision = (id: string, revision: number) => get<Revision>(`${moduleReport(id)}/revisions/${revision}`)
