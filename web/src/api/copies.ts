import { ref } from 'vue'
import { whenIdle } from '@/ui/whenIdle'
import { Problem } from './problem'

export type KeptAnswer = { data: unknown; etag: string | null; at: number }
type Copies = { put: (name: string, data: unknown, etag: string | null) => Promise<void>; get: (name: string) => Promise<KeptAnswer | null> }

let copies: Copies | null = null

/** Where answers are kept for the time without a network; none until somebody is signed in. */
export const keepCopies = (where: Copies | null) => (copies = where)

/** Since when the pages show what was kept, because no server answers; null while one does. */
export const shownSince = ref<number | null>(null)

/** Copying a form for the disk takes longer than drawing it: the page first. In turn, so that the newest is what stays. */
const put = (name: string, data: unknown, etag: string | null) => whenIdle(() => void copies?.put(name, data, etag).catch(() => undefined))

// A server that is down is the same to a reader as a line that is cut; a refusal is an answer.
export const nobodyAnswers = (error: unknown) => error instanceof Problem && [0, 502, 503, 504].includes(error.status)

/** The answer, kept for later; or the one kept earlier when nobody answers. */
export async function kept<T extends { data: unknown; etag: string | null }>(name: string, call: () => Promise<T>): Promise<T> {
  try {
    const answer = await call()
    shownSince.value = null
    // Nobody waits for the disk to read what is here already.
    put(name, answer.data, answer.etag)
    return answer
  } catch (error) {
    const earlier = nobodyAnswers(error) ? await copies?.get(name).catch(() => null) : null
    if (!earlier) throw error
    shownSince.value = Math.min(shownSince.value ?? Infinity, earlier.at)
    return { data: earlier.data, etag: earlier.etag } as T
  }
}

/** A queue has moved the stored values on: the copy follows, so that a reload without a network shows what the server has. */
export const keepCopy = put

export const keptData = async <T>(name: string, call: () => Promise<T>): Promise<T> =>
  (await kept(name, async () => ({ data: await call(), etag: null }))).data

/** What was kept under a name, with the time at which it was read. */
export const lastCopy = async (name: string) => (await copies?.get(name).catch(() => null)) ?? null
