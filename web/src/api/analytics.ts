import { analytics as client, dataOf } from './client'
import type { NodeDashboard, SchoolDashboard } from './types'

const at = (organisationId: string, cycleId: string) => ({ path: { organisationId }, query: { cycleId } })

export const readNode = async (organisationId: string, cycleId: string, signal?: AbortSignal) =>
  (await dataOf(client.GET('/api/analytics/dashboards/nodes/{organisationId}', { params: at(organisationId, cycleId), signal }))) as NodeDashboard
export const readSchool = async (organisationId: string, cycleId: string, signal?: AbortSignal) =>
  (await dataOf(client.GET('/api/analytics/dashboards/schools/{organisationId}', { params: at(organisationId, cycleId), signal }))) as SchoolDashboard
export const schoolStream = (organisationId: string, cycleId: string) =>
  `/api/analytics/dashboards/schools/${encodeURIComponent(organisationId)}/stream?cycleId=${encodeURIComponent(cycleId)}`
/** For an EventSource, which brings the session's cookie by itself. */
export const nodeStream = (organisationId: string, cycleId: string) =>
  `/api/analytics/dashboards/nodes/${encodeURIComponent(organisationId)}/stream?cycleId=${encodeURIComponent(cycleId)}`
