import { dataOf, reporting as client } from './client'
import type { ExemptionCause, ExemptionRequestPage, ExtensionRequestPage, WorkingDay } from './types'

const one = (id: string) => ({ path: { id } })

export const readWorkingDay = (day: string, plus = 0): Promise<WorkingDay> =>
  dataOf(client.GET('/api/reporting/working-days/{day}', { params: { path: { day }, query: { plus } } }))

export const listExtensionRequests = async (cycleId: string) =>
  (await dataOf(client.GET('/api/reporting/cycles/{id}/extension-requests', { params: { path: { id: cycleId }, query: { pageSize: 100 } } }))) as ExtensionRequestPage
/** What waits for the caller's answer: how many, and by when the oldest is due. */
export type WaitingRequests = { count: number; answerBy: string | null }
export const waitingExtensions = async (cycleId: string): Promise<WaitingRequests> => {
  const found = await dataOf(client.GET('/api/reporting/cycles/{id}/extension-requests', { params: { path: { id: cycleId }, query: { mine: true, pageSize: 1 } } }))
  return { count: found.total, answerBy: found.items[0]?.answerBy ?? null }
}
export const waitingExemptions = async (cycleId: string): Promise<WaitingRequests> => {
  const found = await dataOf(client.GET('/api/reporting/cycles/{id}/exemption-requests', { params: { path: { id: cycleId }, query: { mine: true, pageSize: 1 } } }))
  return { count: found.total, answerBy: found.items[0]?.answerBy ?? null }
}
export const askExtension = (cycleId: string, body: { organisationId: string; until: string; reason: string }) =>
  dataOf(client.POST('/api/reporting/cycles/{id}/extension-requests', { params: one(cycleId), body }))
export const decideExtension = (cycleId: string, organisationId: string, body: { requestId: string; approve: boolean; reason: string; until?: string }) =>
  dataOf(client.POST('/api/reporting/cycles/{id}/extension-requests/{organisationId}/decision', { params: { path: { id: cycleId, organisationId } }, body }))

export const listExemptionRequests = async (cycleId: string) =>
  (await dataOf(client.GET('/api/reporting/cycles/{id}/exemption-requests', { params: { path: { id: cycleId }, query: { pageSize: 100 } } }))) as ExemptionRequestPage
export const askExemption = (reportId: string, body: { cause: ExemptionCause; reason: string; document: string }) =>
  dataOf(client.POST('/api/reporting/reports/{id}/exemption-request', { params: one(reportId), body }))
export const decideExemption = (reportId: string, body: { requestId: string; grant: boolean; reason: string }) =>
  dataOf(client.POST('/api/reporting/reports/{id}/exemption-decision', { params: one(reportId), body }))
