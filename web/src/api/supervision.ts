import { dataOf, supervision as client } from './client'
import type { BulkApproval, Queue, QueuePlace, ReturnReason, Review, ReviewState, ReviewStep } from './types'

export type QueueFilter = {
  cycleId: string
  /** Only reports with a module waiting at this step; without it reports in any state. */
  step?: ReviewStep
  organisationId?: string
  /** Reports with a module in this state; not together with a step. */
  state?: ReviewState
  module?: string
  clean?: boolean
  late?: boolean
  waitingDays?: number
  returned?: boolean
  outliers?: boolean
  overdue?: boolean
  search?: string
  order?: QueueOrder
  page?: number
  pageSize?: number
}

export type QueueOrder = 'oldest' | 'warnings' | 'code'

const one = (id: string) => ({ path: { id } })

export const readQueue = async (filter: QueueFilter) =>
  (await dataOf(client.GET('/api/supervision/queue', { params: { query: filter } }))) as Queue
export const readQueuePlaces = async (cycleId: string, step: ReviewStep, organisationId: string) =>
  (await dataOf(client.GET('/api/supervision/queue/places', { params: { query: { cycleId, step, organisationId } } }))).places as QueuePlace[]
export const listReviews = async (reportId: string) =>
  (await dataOf(client.GET('/api/supervision/reviews', { params: { query: { reportId, pageSize: 100 } } }))).items as Review[]

export const approve = (id: string, revision: number) =>
  dataOf(client.POST('/api/supervision/reviews/{id}/approval', { params: one(id), body: { revision } }))

/** A reason without a cell is about the module as a whole. */
export const giveBack = (id: string, body: { revision: number; reasons: ReturnReason[]; dueAt?: string }) =>
  dataOf(client.POST('/api/supervision/reviews/{id}/return', {
    params: one(id), body: { ...body, reasons: body.reasons.map((reason) => ({ ...reason, at: reason.at || null })) } }))

export const approveMany = (body: { cycleId: string; step: ReviewStep; organisationId?: string; reviewIds?: string[]; cleanOnly?: boolean }): Promise<BulkApproval> =>
  dataOf(client.POST('/api/supervision/approvals', { body: { cleanOnly: false, ...body } }))

export const markOpened = (id: string, revision: number) => dataOf(client.PUT('/api/supervision/reviews/{id}/opening', { params: one(id), body: { revision } }))
export const withdraw = (id: string, revision: number, words: string | null) =>
  dataOf(client.POST('/api/supervision/reviews/{id}/withdrawal', { params: one(id), body: { revision, words } }))
export const askUnlock = (id: string, words: string) => dataOf(client.POST('/api/supervision/reviews/{id}/unlock-requests', { params: one(id), body: { words } }))
export const unlock = (id: string, words: string, dueAt: string | null) => dataOf(client.POST('/api/supervision/reviews/{id}/unlock', { params: one(id), body: { words, dueAt } }))
export const refuseUnlock = (id: string, words: string) => dataOf(client.POST('/api/supervision/reviews/{id}/unlock-refusal', { params: one(id), body: { words } }))
export const answerRemarks = (id: string, revision: number, answers: { reason: number; text: string }[]) =>
  dataOf(client.PUT('/api/supervision/reviews/{id}/answers', { params: one(id), body: { revision, answers } }))
export const listUnlockRequests = async (cycleId: string) =>
  (await dataOf(client.GET('/api/supervision/reviews', { params: { query: { cycleId, unlockAsked: true, pageSize: 100 } } }))).items as Review[]
