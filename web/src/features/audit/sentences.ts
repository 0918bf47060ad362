import type { AuditItem } from '@/api/types'

type Words = { t: (key: string, values?: Record<string, unknown>) => string; te: (key: string, locale?: string) => boolean }

/** Acts that can be chosen in the filter; each has a sentence in both languages. */
export const knownActs = [
  'module-report.saved', 'module-report.completed', 'module-report.reopened', 'module-report.submitted', 'module-report.migrated',
  'review.approved', 'review.returned', 'review.accepted', 'review.opened', 'review.answered', 'review.withdrawn', 'review.unlock-requested', 'review.unlocked', 'review.unlock-refused', 'reviewer-group.created', 'reviewer-group.ended', 'return-phrase.added', 'return-phrase.removed',
  'sample.announced', 'sample.drawn', 'sample.approved', 'dispatch.sent', 'dispatch.allowed', 'dispatch.refused',
  'cycle.created', 'cycle.opened', 'cycle.closed', 'cycle.erased', 'cycle.programme-changed', 'extension.granted', 'figures.rebuilt', 'figures.rebuild-asked', 'figures.rebuild-cancelled', 'figures.compared', 'figures.drafted', 'figures.checked', 'figures.rejected', 'figures.draft-discarded', 'figures.published', 'view.saved', 'view.changed', 'view.removed', 'view.sent', 'view.stopped',
  'assignment.created', 'assignment.changed', 'assignment.removed', 'assignment.delegated', 'fill-in.declared', 'fill-in.ended', 'master-figures.recorded', 'master-figures.imported',
  'person.created', 'person.invited', 'person.disabled', 'person.enabled', 'person.unlocked', 'person.signed-out', 'person.transferred', 'person.erased', 'second-factor.removed',
  'sign-in.begun', 'sign-in.ended', 'sign-in.refused', 'password.changed',
  'organisation.created', 'organisation.renamed', 'organisation.moved', 'organisation.retyped', 'organisation.merged', 'organisation.split', 'organisation.closed', 'divisions.imported', 'schools.imported', 'people.imported', 'request.denied', 'audit.exported',
] as const

export type Details = Record<string, unknown>

/** Details and filter are JSON of ids and codes; what cannot be read is no reason to hide the entry. */
export function detailsOf(text: string | null | undefined): Details {
  try {
    const read: unknown = text ? JSON.parse(text) : null
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Details) : {}
  } catch {
    return {}
  }
}

/** What happened, without who: "submitted a module report". An act nobody has a sentence for is named by its code. */
export function sentence(item: AuditItem, { t, te }: Words): string {
  const details = { ...detailsOf(item.filter), ...detailsOf(item.details) }
  if (item.outcome === 'denied') {
    return t('audit.deniedWas', { method: String(details.method ?? ''), route: String(details.route ?? '–'), status: String(details.status ?? '') })
  }
  if (item.outcome === 'saw' && !te(`audit.did.${item.act}`)) {
    const what = te(`audit.kind.${item.objectKind}`) ? t(`audit.kind.${item.objectKind}`) : item.objectKind
    const seen = item.rows != null && item.rows !== 1 ? t('audit.sawMany', { what, count: item.rows }) : t('audit.saw', { what })
    return details.draft === true ? `${seen} ${t('audit.draft')}` : seen
  }
  const did = te(`audit.did.${item.act}`) ? t(`audit.did.${item.act}`) : t('audit.didOther', { act: item.act })
  return item.outcome === 'failed' ? t('audit.failedTo', { did }) : did
}

/** The rest of what is known, as "name: value" pairs; roles and reasons in words where there are some. */
export function facts(item: AuditItem): [string, string][] {
  return Object.entries({ ...detailsOf(item.filter), ...detailsOf(item.details) })
    .filter(([key, value]) => value !== null && value !== undefined && value !== '' && !['method', 'route', 'status', 'draft'].includes(key))
    .map(([key, value]) => [key, typeof value === 'object' ? JSON.stringify(value) : String(value)])
}

/** Enough of an id to tell people apart on one page; the end, because the beginning is the time. */
export const shortId = (id: string) => `…${id.slice(-6)}`

/** Whole days of the province, as moments: the last day is included. */
export function daysToMoments(from: string, to: string): { from?: string; to?: string } {
  const after = (day: string) => new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000).toISOString()
  return { ...(from ? { from: new Date(`${from}T00:00:00+08:00`).toISOString() } : {}), ...(to ? { to: after(to) } : {}) }
}
