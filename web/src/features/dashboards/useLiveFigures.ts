import { useQueryClient } from '@tanstack/vue-query'
import { onUnmounted, ref, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { nodeStream } from '@/api/analytics'
import type { LiveFigures, NodeDashboard } from '@/api/types'

const again = 30_000

/** The page with what is new. Whom a figure leaves out is not pushed: it stays as it was read, until the page is read again. */
export function withNews(page: NodeDashboard, news: LiveFigures): NodeDashboard {
  const fresh = new Map(news.indicators.map((figure) => [figure.id, figure]))
  const indicators = page.indicators.map((known) => {
    const figure = fresh.get(known.id)
    if (!figure) return known
    const excluded = figure.passport.excludedCount === 0 ? [] : known.passport.excluded
    return { ...figure, passport: { ...figure.passport, excluded } }
  })
  return { ...page, asOf: news.asOf, completeness: news.completeness, areas: news.areas, index: news.index, indicators }
}

/**
 * Puts pushed figures into the page as they come, while somebody looks at it. Says whether they do: without them, because the stream was
 * refused or the way there is broken, the page reads itself again more often.
 */
export function useLiveFigures(organisationId: MaybeRefOrGetter<string>, cycleId: MaybeRefOrGetter<string>) {
  const client = useQueryClient()
  const live = ref(false)
  let source: EventSource | null = null
  let retry = 0

  function open() {
    close()
    const [id, cycle] = [toValue(organisationId), toValue(cycleId)]
    if (!id || !cycle || document.hidden) return
    source = new EventSource(nodeStream(id, cycle))
    source.addEventListener('figures', (event) => {
      const news = JSON.parse((event as MessageEvent<string>).data) as LiveFigures
      live.value = true
      client.setQueryData<NodeDashboard>(['dashboard', 'node', id, cycle], (page) => page && withNews(page, news))
    })
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
