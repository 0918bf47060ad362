import { analytics as client, dataOf } from './client'
import type { OpenChange, Publication, PublicationCheck, PublicationDraft, Recount } from './types'

const of = (cycleId: string) => ({ query: { cycleId } })

export const checkPublication = async (cycleId: string) => (await dataOf(client.GET('/api/analytics/publications/check', { params: of(cycleId) }))) as PublicationCheck
export const listPublications = async (cycleId: string) =>
  (await dataOf(client.GET('/api/analytics/publications', { params: { query: { cycleId, pageSize: 100 } } }))).items as Publication[]
export const publishFigures = async (draftId: string) => (await dataOf(client.POST('/api/analytics/publications', { body: { draftId } }))) as Publication

/** Newest first. */
export const listDrafts = async (cycleId: string) =>
  (await dataOf(client.GET('/api/analytics/publications/drafts', { params: { query: { cycleId, pageSize: 20 } } }))).items as PublicationDraft[]
export const draftFigures = async (cycleId: string, reasonZh: string, reasonEn: string) =>
  (await dataOf(client.POST('/api/analytics/publications/drafts', { body: { cycleId, reasonZh: reasonZh || null, reasonEn: reasonEn || null } }))) as PublicationDraft
export const checkDraft = async (id: string, agrees: boolean, remark: string) =>
  (await dataOf(client.POST('/api/analytics/publications/drafts/{id}/check', { params: { path: { id } }, body: { agrees, remark: remark || null } }))) as PublicationDraft
export const discardDraft = async (id: string) => (await dataOf(client.DELETE('/api/analytics/publications/drafts/{id}', { params: { path: { id } } }))) as PublicationDraft
export async function listDraftChanges(id: string) {
  const page = await dataOf(client.GET('/api/analytics/publications/drafts/{id}/changes', { params: { path: { id }, query: { pageSize: 200 } } }))
  return { items: page.items as OpenChange[], total: page.total }
}

/** The newest fifty, of one cycle or of all. */
export const listRecounts = async (cycleId?: string) => (await dataOf(client.GET('/api/analytics/rebuilds', { params: { query: { cycleId } } }))) as Recount[]
export const rebuildFigures = async (cycleId: string) => (await dataOf(client.POST('/api/analytics/rebuilds', { body: { cycleId } }))) as Recount
export const cancelRecount = (id: string) => dataOf(client.DELETE('/api/analytics/rebuilds/{id}', { params: { path: { id } } }))
