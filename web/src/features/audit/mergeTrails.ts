import { auditServices, type AuditChain, type AuditItem, type AuditService } from '@/api/types'

/** What is known of one stream so far. */
export type Trail = { items: AuditItem[]; next: number | null; chain: AuditChain | null; pending: boolean; problem: unknown }
export type Trails = Record<AuditService, Trail>
export type TrailItem = AuditItem & { service: AuditService }

export const emptyTrail = (): Trail => ({ items: [], next: null, chain: null, pending: false, problem: null })
export const emptyTrails = () => Object.fromEntries(auditServices.map((service) => [service, emptyTrail()])) as Trails

const oldest = (trail: Trail) => trail.items.reduce((first, item) => (item.at < first ? item.at : first), '9')

/**
 * One list by time. What is older than the oldest entry of a stream that has more to tell waits: an entry of that stream
 * might belong before it.
 */
export function mergeTrails(trails: Trails) {
  const unfinished = auditServices.filter((service) => trails[service].next !== null && trails[service].items.length > 0)
  const edge = unfinished.map((service) => oldest(trails[service])).sort().at(-1) ?? ''
  const all = auditServices.flatMap((service) => trails[service].items.map((item): TrailItem => ({ ...item, service })))
    .sort((a, b) => (a.at === b.at ? b.seq - a.seq : a.at < b.at ? 1 : -1))
  const shown = all.filter((item) => item.at >= edge)
  return { shown, waiting: all.length - shown.length, lagging: unfinished.filter((service) => oldest(trails[service]) === edge) }
}
