import { analytics as client, dataOf } from './client'
import type { NodeQuality, QualitySchool, SchoolQuality } from './types'

const at = (organisationId: string, cycleId: string) => ({ path: { organisationId }, query: { cycleId } })

export const readSchoolQuality = async (organisationId: string, cycleId: string, signal?: AbortSignal) =>
  (await dataOf(client.GET('/api/analytics/quality/schools/{organisationId}', { params: at(organisationId, cycleId), signal }))) as SchoolQuality
export const readNodeQuality = async (organisationId: string, cycleId: string, signal?: AbortSignal) =>
  (await dataOf(client.GET('/api/analytics/quality/nodes/{organisationId}', { params: at(organisationId, cycleId), signal }))) as NodeQuality

export type QualitySchoolsAsked = { suspicion?: string; page: number; pageSize: number }
export const listQualitySchools = async (organisationId: string, cycleId: string, asked: QualitySchoolsAsked, signal?: AbortSignal) => {
  const { path, query } = at(organisationId, cycleId)
  return (await dataOf(client.GET('/api/analytics/quality/nodes/{organisationId}/schools', { params: { path, query: { ...query, ...asked } }, signal }))) as { items: QualitySchool[]; total: number }
}
