import { analytics, dataOf, identity, reporting, supervision } from './client'
import { gengduFetch } from './http'
import { problemOf } from './problem'
import type { AuditPage, AuditService, TrailQuery } from './types'

/** One page of one service's stream, the newest first. */
export function readTrail(service: AuditService, query: TrailQuery & { before?: number; pageSize?: number }): Promise<AuditPage> {
  const params = { params: { query } }
  const asked = {
    identity: () => dataOf(identity.GET('/api/identity/audit', params)),
    reporting: () => dataOf(reporting.GET('/api/reporting/audit', params)),
    supervision: () => dataOf(supervision.GET('/api/supervision/audit', params)),
    analytics: () => dataOf(analytics.GET('/api/analytics/audit', params)),
  }
  return asked[service]() as Promise<AuditPage>
}

/** Everything the question finds in one stream, as a file. */
export async function exportTrail(service: AuditService, query: TrailQuery): Promise<Blob> {
  const asked = new URLSearchParams(Object.entries(query).filter((one): one is [string, string] => one[1] !== undefined))
  const response = await gengduFetch(new Request(new URL(`/api/${service}/audit?${asked}`, window.location.origin), { headers: { Accept: 'text/csv' } }))
  if (!response.ok) throw problemOf(response, await response.json().catch(() => undefined))
  return response.blob()
}
