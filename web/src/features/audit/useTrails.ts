import { computed, reactive, watch, type Ref } from 'vue'
import { readTrail } from '@/api/audit'
import { auditServices, type AuditService, type TrailQuery } from '@/api/types'
import { emptyTrail, emptyTrails, mergeTrails } from './mergeTrails'

const pageSize = 50

/** One question asked of all five services. A service that does not answer is said to be missing; the others are shown. */
export function useTrails(query: Ref<TrailQuery>) {
  const trails = reactive(emptyTrails())
  let asked = 0

  async function load(service: AuditService, fresh: boolean) {
    const mine = asked
    const trail = trails[service]
    trail.pending = true
    trail.problem = null
    try {
      const page = await readTrail(service, { ...query.value, pageSize, ...(fresh || trail.next === null ? {} : { before: trail.next }) })
      if (mine !== asked) return
      trail.items = fresh ? page.items : [...trail.items, ...page.items]
      trail.next = page.next
      trail.chain = page.chain ?? null
    } catch (problem) {
      if (mine === asked) trail.problem = problem
    } finally {
      if (mine === asked) trail.pending = false
    }
  }

  function ask() {
    asked++
    for (const service of auditServices) {
      Object.assign(trails[service], emptyTrail())
      void load(service, true)
    }
  }

  const merged = computed(() => mergeTrails(trails))
  const pending = computed(() => auditServices.some((service) => trails[service].pending))
  const failed = computed(() => auditServices.filter((service) => trails[service].problem !== null))
  const hasMore = computed(() => merged.value.lagging.length > 0 || merged.value.waiting > 0)
  const more = () => Promise.all(merged.value.lagging.map((service) => load(service, false)))
  const retry = (service: AuditService) => load(service, trails[service].items.length === 0)

  watch(query, ask, { immediate: true, deep: true })
  return { trails, merged, pending, failed, hasMore, more, retry, ask }
}
