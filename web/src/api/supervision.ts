import { get, send } from './http'
import type { BulkApproval, Paged, Queue, ReturnReason, Review, ReviewStep } from './types'

const root = '/api/supervision'

export type QueueFilter = {
  cycleId: string
  /** Only reports with a module waiting at this step; without it reports in any state. */
  step?: ReviewStep
  organisationId?: string
  page?: number
  pageSize?: number
}

export const readQueue = (filter: QueueFilter) => get<Queue>(`${root}/queue`, filter)
export const readReview = (id: string) => get<Review>(`${root}/reviews/${id}`)

export const listReviews = async (reportId: string) => (await get<Paged<Review>>(`${root}/reviews`, { reportId, pageSize: 100 })).items

export const approve = (id: string, revision: number) =>
  send<Review>('POST', `${root}/reviews/${id}/approval`, { body: { revision } })
export const giveBack = (id: string, body: { revision: number; reasons: ReturnReason[]; dueAt?: string }) =>
  send<Review>('POST', `${root}/reviews/${id}/return`, { body: { ...body, reasons: body.reasons.map((reason) => ({ ...reason, at: reason.at || null })) } })
export const approveMany = async (body: {
  cycleId: string
  step: ReviewStep
  organisationId?: string
  reviewIds?: string[]
}) => (await send<BulkApproval>('POST', `${root}/approvals`, { body })).data
