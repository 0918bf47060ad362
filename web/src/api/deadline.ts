import { dataOf, reporting as client } from './client'
import type { Room, StuckKind, StuckPage } from './types'

const at = (cycleId: string, organisationId: string) => ({ path: { id: cycleId }, query: { organisationId } })

export const readRoom = (cycleId: string, organisationId: string): Promise<Room> =>
  dataOf(client.GET('/api/reporting/cycles/{id}/deadline-room', { params: at(cycleId, organisationId) }))
/** For an EventSource, which brings the session's cookie by itself. */
export const roomStream = (cycleId: string, organisationId: string) =>
  `/api/reporting/cycles/${encodeURIComponent(cycleId)}/deadline-room/stream?organisationId=${encodeURIComponent(organisationId)}`
export const listStuck = async (cycleId: string, organisationId: string, kind: StuckKind, hours: number, page: number) =>
  (await dataOf(client.GET('/api/reporting/cycles/{id}/deadline-room/stuck', {
    params: { path: { id: cycleId }, query: { kind, organisationId, ...(kind === 'silent' ? { hours } : {}), page, pageSize: 50 } } }))) as StuckPage
