import type { Recount } from '@/api/types'

export const isOpen = (one: Recount) => one.state === 'waiting' || one.state === 'running'

/** The newest that ended of each cycle; a rebuild that ended at the same moment has set right what the night found. */
export function newestOfEach(recounts: readonly Recount[]): Recount[] {
  const newest = new Map<string, Recount>()
  for (const one of recounts) {
    if (one.state !== 'finished' || !one.finishedAt) continue
    const known = newest.get(one.cycleId)
    const order = known ? one.finishedAt.localeCompare(known.finishedAt!) : 1
    if (order > 0 || (order === 0 && one.kind === 'rebuild')) newest.set(one.cycleId, one)
  }
  return [...newest.values()]
}

/** Cycles whose figures were found to be others than the revisions say, and not set right since. */
export const alarms = (recounts: readonly Recount[]) => newestOfEach(recounts).filter((one) => one.kind === 'nightly' && one.differences > 0)

/** Seconds between start and end; null while it has not ended or never began. */
export const secondsOf = (one: Recount) => (one.startedAt && one.finishedAt ? Math.max(0, (Date.parse(one.finishedAt) - Date.parse(one.startedAt)) / 1000) : null)
