import { dataOf, supervision as client } from './client'
import type { BulkApproval, Queue, ReturnReason, Review, ReviewStep } from './types'

export type QueueFilter = {
  cycleId: string
  /** Only reports with a module waiting at this step; without it reports in any state. */
  step?: ReviewStep
  organisationId?: string
  page?: number
  pageSize?: number
}

const one = (id: string) => ({ path: { id } })

export const readQueue = async (filter: QueueFilter) =>
  (await dataOf(client.GET('/api/supervision/queue', { params: { query: filter } }))) as Queue
export const listReviews = async (reportId: string) =>
  (await dataOf(client.GET('/api/supervision/reviews', { params: { query: { reportId, pageSize: 100 } } }))).items as Review[]

export const approve = (id: string, revision: number) =>
  dataOf(client.POST('/api/supervision/reviews/{id}/approval', { params: one(id), body: { revision } }))

/** A reason without a cell is about the module as a whole. */
export const giveBack = (id: string, body: { revision: number; reasons: ReturnReason[]; dueAt?: string }) =>
  dataOf(client.POST('/api/supervision/reviews/{id}/return', {
    params: one(id), body: { ...body, reasons: body.reasons.map((reason) => ({ ...reason, at: reason.at || null })) } }))

export const approveMany = (body: { cycleId: string; step: ReviewStep; organisationId?: string; reviewIds?: string[] }): Promise<BulkApproval> =>
  dataOf(client.POST('/api/supervision/approvals', { body }))
