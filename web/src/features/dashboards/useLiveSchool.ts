import { useQueryClient } from '@tanstack/vue-query'
import { onUnmounted, ref, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { schoolStream } from '@/api/analytics'
import type { LiveSchool, SchoolDashboard } from '@/api/types'

const again = 30_000

/** Whether the page shows what is told: then there is nothing to read. */
export const isShown = (page: SchoolDashboard | undefined, news: LiveSchool) =>
  page !== undefined && page.asOf === news.asOf && JSON.stringify(page.completeness) === JSON.stringify(news.completeness)

/** Reads a school's page again when something of it is new, while somebody looks at it. Says whether it is told: else the page asks by itself. */
export function useLiveSchool(organisationId: MaybeRefOrGetter<string>, cycleId: MaybeRefOrGetter<string>) {
  const client = useQueryClient()
  const live = ref(false)
  let source: EventSource | null = null
  let retry = 0

  // Nothing is new: what stands there was right a moment ago.
  const seen = (id: string, cycle: string) => client.setQueryData<SchoolDashboard>(['dashboard', 'school', id, cycle], (page) => page)

  function open() {
    close()
    const [id, cycle] = [toValue(organisationId), toValue(cycleId)]
    if (!id || !cycle || document.hidden) return
    source = new EventSource(schoolStream(id, cycle))
    source.addEventListener('figures', (event) => {
      const key = ['dashboard', 'school', id, cycle]
      if (isShown(client.getQueryData<SchoolDashboard>(key), JSON.parse((event as MessageEvent<string>).data) as LiveSchool)) seen(id, cycle)
      else void client.invalidateQueries({ queryKey: key })
      live.value = true
    })
    source.addEventListener('still', () => seen(id, cycle))
    source.addEventListener('stale', () => (live.value = false))
    source.addEventListener('error', () => {
      live.value = false
      if (source?.readyState === EventSource.CLOSED) retry = window.setTimeout(open, again)
    })
  }

  function close() {
    window.clearTimeout(retry)
    source?.close()
    source = null
    live.value = false
  }

  watch([() => toValue(organisationId), () => toValue(cycleId)], open, { immediate: true })
  document.addEventListener('visibilitychange', open)
  onUnmounted(() => {
    document.removeEventListener('visibilitychange', open)
    close()
  })
  return live
}
