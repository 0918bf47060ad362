import type { components } from '../generated/identity'

type Schemas = components['schemas']

/** Every service keeps a stream of its own; the gateway's is for the verifier alone. */
export const auditServices = ['identity', 'reporting', 'supervision', 'analytics'] as const
export type AuditService = (typeof auditServices)[number]

export type AuditOutcome = 'done' | 'denied' | 'saw' | 'failed'
export type AuditItem = Omit<Schemas['AuditItem'], 'outcome'> & { outcome: AuditOutcome }
export type AuditChain = { size: number; at: string }
export type AuditPage = { items: AuditItem[]; next: number | null; chain: AuditChain | null }

/** What is asked of all streams at once. */
export type TrailQuery = {
  personId?: string
  act?: string
  outcome?: AuditOutcome
  organisationId?: string
  objectKind?: string
  objectId?: string
  from?: string
  to?: string
  withoutOwnLooks?: boolean
}
