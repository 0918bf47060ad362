import type { Level, Paged, Texts } from './common'
import type { Organisation } from './identity'
import type { ReturnReason } from './reporting'

export type ReviewStep = 'county' | 'city' | 'province'
export type ReviewState = 'county-review' | 'city-review' | 'province-review' | 'returned' | 'accepted'
export type ReviewActName = 'submit' | 'approve' | 'return' | 'accept'

export type ReviewSummary = {
  id: string
  moduleReportId: string
  moduleKey: string
  revision: number
  state: ReviewState
  submittedAt: string
  waitingSince: string
}

export type QueueItem = { organisation: Organisation; reportId: string; level: Level; reviews: ReviewSummary[] }
export type Queue = Paged<QueueItem> & { counts: Partial<Record<ReviewState, number>> }

export type Review = {
  id: string
  moduleReportId: string
  reportId: string
  cycleId: string
  moduleKey: string
  organisation: Organisation
  revision: number
  state: ReviewState
  version: number
  acts: { act: ReviewActName; allowed: boolean; reason: Texts | null }[]
  history: {
    at: string
    act: string
    level: Level
    revision: number
    by: string | null
    reasons: ReturnReason[]
  }[]
}

export type BulkApproval = { approved: number; skipped: { reviewId: string; reason: Texts }[] }
