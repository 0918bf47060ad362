import type { components } from '../generated/supervision'
import type { Level, Narrow, Texts } from './common'
import type { Organisation, Role } from './identity'
import type { ReturnCode, ReturnReason } from './reporting'

type Schemas = components['schemas']

export type ReviewStep = 'county' | 'city' | 'province'
export type ReviewState = Schemas['ReviewState']
export type ReviewActName = Schemas['ReviewAct']

export type ReviewSummary = Omit<Schemas['QueueReview'], 'version'>
export type UnreadTalk = Schemas['UnreadTalk']
export type QueueItem = { organisation: Organisation; reportId: string; level: Level; reviews: ReviewSummary[]; exempt: boolean; talk: UnreadTalk | null }
export type QueuePlace = Narrow<Schemas['QueuePlace'], { counts: Partial<Record<ReviewState, number>> }>
export type Queue = Narrow<Schemas['QueueResponse'], { items: QueueItem[]; counts: Partial<Record<ReviewState, number>> }>

export type ReviewEntry = Narrow<Schemas['ReviewEntryResponse'], { level: Level; reasons: ReturnReason[] }>
export type Review = Narrow<Schemas['ReviewResponse'], {
  organisation: Organisation
  acts: { act: ReviewActName; allowed: boolean; reason: Texts | null }[]
  history: ReviewEntry[]
}>

export type ReasonRow = Schemas['ReasonRow']
export type ReturnReasons = Narrow<Schemas['ReturnReasonsResponse'], { whole: ReasonRow; rows: ReasonRow[] }>
export type ReturnPhrase = Narrow<Schemas['ReturnPhraseResponse'], { code: ReturnCode }>
export type GroupWork = Narrow<Schemas['GroupWorkResponse'], { reports: Narrow<Schemas['GroupReport'], { step: ReviewStep }>[] }>
export type ReviewerGroup = Narrow<Schemas['ReviewerGroupResponse'], { level: ReviewStep }>
export type BulkApproval = Schemas['ApproveReviewsResponse']

export type Notice = Narrow<Schemas['NoticeResponse'], { args: Record<string, string> }>
export type NoticePage = Narrow<Schemas['NoticePage'], { items: Notice[]; next: string | null }>

/** How a person wants to be told; identity keeps it. */
export type Contact = {
  email: string | null; phone: string | null; language: string; mail: string; sms: boolean; quietFrom: number; quietTo: number; digestHour: number
  mailFault: string | null; phoneFault: string | null; ways: string[]; givenUp: number
  mailProved: boolean; phoneProved: boolean; mailCodeUntil: string | null; phoneCodeUntil: string | null
}

/** How one way to people does; of the whole system, for the province's administrator. */
export type Way = { channel: string; present: boolean; overdue: number; overdueSince: string | null; fault: string | null; waiting: number; sent: number; lastSentAt: string | null; givenUp: number }
export type GivenUp = {
  id: string; personId: string; personName: string | null; channel: string; kind: string; organisationZh: string | null; organisationEn: string | null
  raisedAt: string; givenUpAt: string; attempts: number; fault: string | null
}

type Named = { id: string; nameZh: string; nameEn: string }
export type SampleOutcome = Schemas['SampleOutcome']
export type Sample = Narrow<Schemas['SampleResponse'], {
  step: ReviewStep
  organisation: Named
  drawn: (Omit<Schemas['DrawnReport'], 'organisation'> & { organisation: Named })[]
  acts: { act: 'draw' | 'approve'; allowed: boolean; reason: Texts | null }[]
}>
export type SampleSummary = Narrow<Schemas['SampleSummary'], { step: ReviewStep; organisation: Named }>

export type GapCode = 'disaster' | 'staff' | 'technical' | 'reorganised' | 'correcting' | 'other'
export type MissingSchool = Narrow<Schemas['MissingResponse'], { organisation: Named }>
export type CountyDispatch = Narrow<Schemas['CountyResponse'], {
  organisation: Named
  dispatch: (Omit<Schemas['DispatchResponse'], 'gaps'> & { gaps: (Omit<Schemas['GapResponse'], 'organisation' | 'code'> & { organisation: Named; code: GapCode })[] }) | null
  acts: { act: 'send' | 'decide'; allowed: boolean; reason: Texts | null }[]
}>

/** Whoever has a role at an organisation; people of other organisations are known by their office. */
export type Office = { organisation: Named; role: Role; people: number }
export type Mention = { organisationId: string; role: string; personId: string | null }
export type Message = Narrow<Schemas['MessageResponse'], {
  organisation: Named
  role: Role
  mentions: { organisation: Named; role: Role; personId: string | null; me: boolean }[]
}>
export type Conversation = Narrow<Schemas['ConversationResponse'], {
  messages: Message[]
  offices: Office[]
  told: Office[]
  colleagues: { personId: string; organisationId: string; role: Role }[]
}>
export type ConversationMarks = Schemas['ConversationMarks']
