import { afterEach, describe, expect, it, vi } from 'vitest'
import { keepCopies, kept, keptData, shownSince } from './copies'
import { offlineProblem, Problem } from './problem'

describe('answers for the time without a network', () => {
  const store = new Map<string, { data: unknown; etag: string | null; at: number }>()
  const use = () => keepCopies({ put: (name, data, etag) => Promise.resolve(void store.set(name, { data, etag, at: 5 })), get: (name) => Promise.resolve(store.get(name) ?? null) })
  afterEach(() => {
    store.clear()
    keepCopies(null)
    shownSince.value = null
  })

  it('are shown when nobody answers, with the word since when', async () => {
    use()
    await kept('a', () => Promise.resolve({ data: 1, etag: '"v1"' }))
    const down = vi.fn(() => Promise.reject(offlineProblem()))
    expect(await kept('a', down)).toEqual({ data: 1, etag: '"v1"' })
    expect(shownSince.value).toBe(5)
    expect(await keptData('b', () => Promise.resolve(2))).toBe(2)
    expect(shownSince.value).toBeNull()
  })

  it('never stand in for a refusal, nor where nothing was kept', async () => {
    use()
    await kept('a', () => Promise.resolve({ data: 1, etag: null }))
    await expect(kept('a', () => Promise.reject(new Problem({ status: 403, code: 'X', title: '' })))).rejects.toMatchObject({ status: 403 })
    await expect(kept('c', () => Promise.reject(offlineProblem()))).rejects.toMatchObject({ status: 0 })
    keepCopies(null)
    await expect(kept('a', () => Promise.reject(offlineProblem()))).rejects.toMatchObject({ status: 0 })
  })
})
