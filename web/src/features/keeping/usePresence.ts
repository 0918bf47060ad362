import { onMounted, onUnmounted, shallowRef } from 'vue'
import * as reporting from '@/api/reporting'
import type { PresentPerson } from '@/api/types'

const every = 20_000

/** This page says that it has the module open, and hears who else has; also that somebody stored something newer. */
export function usePresence(moduleReportId: string, name: () => string, isOwn: () => boolean, onVersion: (version: number) => void) {
  const others = shallowRef<PresentPerson[]>([])
  let timer: number | undefined

  async function beat() {
    if (document.visibilityState === 'hidden' || !isOwn()) return
    try {
      const { people, version } = await reporting.keepPresence(moduleReportId, name().slice(0, 60))
      others.value = people.filter((one) => !one.you)
      onVersion(Number(version))
    } catch {
      // Who else is there is a courtesy: without a line nobody knows, and typing goes on.
      others.value = []
    }
  }

  const begin = () => void beat()
  onMounted(() => {
    timer = window.setInterval(begin, every)
    document.addEventListener('visibilitychange', begin)
  })
  onUnmounted(() => {
    window.clearInterval(timer)
    document.removeEventListener('visibilitychange', begin)
    if (isOwn()) void reporting.endPresence(moduleReportId).catch(() => undefined)
  })
  return { others, beat }
}
