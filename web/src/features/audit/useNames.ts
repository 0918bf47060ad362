import { reactive, watch, type Ref } from 'vue'
import { listRights } from '@/api/people'
import type { AuditItem } from '@/api/types'
import { useSession } from '@/app/session'
import { detailsOf } from './sentences'

const isId = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)

/** Everybody an entry speaks of: who acted, and about whom. */
export function peopleOf(item: AuditItem): string[] {
  const { personId } = detailsOf(item.details)
  return [item.actorId, item.objectKind === 'person' ? item.objectId : null, personId].filter(isId)
}

/** Whom an entry is about, besides who acted. */
export const aboutOf = (item: AuditItem) => peopleOf(item).filter((id) => id !== item.actorId)[0] ?? null

const atOnce = 100

/**
 * Entries hold ids. Names are looked up in the rights of the auditor's own area: people of elsewhere, and erased ones, stay
 * ids. Without names the page works on; they are a help, not the record.
 */
export function useNames(items: Ref<AuditItem[]>) {
  const { me } = useSession()
  const names = reactive(new Map<string, string>())
  const asked = new Set<string>()

  watch(items, async (shown) => {
    const fresh = [...new Set(shown.flatMap(peopleOf))].filter((id) => !asked.has(id))
    const places = [...new Set(me.value?.assignments.filter((one) => one.role === 'auditor').map((one) => one.organisation.id))]
    for (const id of fresh) asked.add(id)
    for (let first = 0; first < fresh.length; first += atOnce) {
      const personId = fresh.slice(first, first + atOnce)
      const pages = await Promise.allSettled(places.map((place) => listRights(place, { includeBelow: true, personId, pageSize: 500 })))
      for (const page of pages) {
        if (page.status === 'fulfilled') for (const right of page.value.items) names.set(right.personId, right.displayName)
      }
    }
  }, { immediate: true })

  return names
}
