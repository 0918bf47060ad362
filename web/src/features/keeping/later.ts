import { standing } from '@/ui/standing'

export type InFull = typeof import('./inFull')

const pauses = [1_000, 2_000, 4_000, 8_000]

/** At once, or not at all: for what can do without. */
export const inFullNow = (): Promise<InFull> => import('./inFull')

/** Asked for again until it is there: a line that is cut is a reason to wait. */
export async function untilThere<T>(load: () => Promise<T>, missing?: () => void): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await load()
    } catch {
      missing?.()
      await lineOr(pauses[Math.min(failures, pauses.length - 1)]!)
    }
  }
}

const lineOr = (pause: number) => new Promise<void>((resolve) => {
  const timer = setTimeout(go, pause)
  window.addEventListener('online', go)
  function go() {
    clearTimeout(timer)
    window.removeEventListener('online', go)
    resolve()
  }
})

/**
 * The queue, what it lies in, and the copies for the time without a network: a ninth of the app, and needed from the first typed cell on, not
 * to draw it. It comes after the page's own file, or with the first form that wants to keep what is typed (`forms/firstTyping.ts` has that until then).
 */
export const inFull = (missing?: () => void): Promise<InFull> => untilThere(inFullNow, missing)

/** Copies are put down when the page stands, and looked up at once where no server answers. */
export const copiesLater = (personId: string) => ({
  async put(name: string, data: unknown, etag: string | null) {
    await standing
    await (await inFullNow()).copiesOf(personId).put(name, data, etag)
  },
  get: async (name: string) => (await inFullNow()).copiesOf(personId).get(name),
})
