import type { components } from '../generated/supervision'
import type { Level, Narrow, Texts } from './common'
import type { Organisation } from './identity'
import type { ReturnReason } from './reporting'

type Schemas = components['schemas']

export type ReviewStep = 'county' | 'city' | 'province'
export type ReviewState = Schemas['ReviewState']
export type ReviewActName = Schemas['ReviewAct']

export type ReviewSummary = Omit<Schemas['QueueReview'], 'version'>
export type QueueItem = { organisation: Organisation; reportId: string; level: Level; reviews: ReviewSummary[] }
export type Queue = Narrow<Schemas['QueueResponse'], { items: QueueItem[]; counts: Partial<Record<ReviewState, number>> }>

export type ReviewEntry = Narrow<Schemas['ReviewEntryResponse'], { level: Level; reasons: ReturnReason[] }>
export type Review = Narrow<Schemas['ReviewResponse'], {
  organisation: Organisation
  acts: { act: ReviewActName; allowed: boolean; reason: Texts | null }[]
  history: ReviewEntry[]
}>

export type BulkApproval = Schemas['ApproveReviewsResponse']
