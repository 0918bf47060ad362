import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, reactive, readonly, ref, shallowRef } from 'vue'
import { keepCopies } from '@/api/copies'
import { Problem } from '@/api/problem'
import { useLastAnswer } from './useLastAnswer'

vi.mock('@/ui/whenIdle', () => ({ whenIdle: (work: () => void) => work() }))

const copies = new Map<string, { data: unknown; etag: null; at: number }>()
const away = new Problem({ status: 503, code: 'GW-0001', title: 'down' })
const asked = () => ({ data: shallowRef<{ value: number } | undefined>(), error: ref<unknown>(null), failureReason: ref<unknown>(null), isPlaceholderData: ref(false), dataUpdatedAt: ref(0) })
type Shown = ReturnType<typeof useLastAnswer<{ value: number }>>
const settled = async () => {
  for (let i = 0; i < 5; i++) await nextTick()
}

describe('the last answer', () => {
  beforeEach(() => {
    copies.clear()
    keepCopies({
      // As a browser's database: a copy, and no proxies.
      put: async (name, data) => void copies.set(name, { data: structuredClone(data), etag: null, at: 1_000 }),
      get: (name) => Promise.resolve(copies.get(name) ?? null),
    })
  })

  it('is kept when it comes, and shown with its own time when nobody answers', async () => {
    const scope = effectScope()
    const first = asked()
    scope.run(() => useLastAnswer(() => 'node/1', first))
    first.data.value = readonly(reactive({ value: 7 }))
    await settled()
    expect(copies.get('node/1')?.data).toEqual({ value: 7 })

    const later = asked()
    const shown = scope.run(() => useLastAnswer(() => 'node/1', later))!
    expect([shown.data.value, shown.isLast.value]).toEqual([undefined, false])
    later.failureReason.value = away
    await settled()
    expect([shown.data.value, shown.isLast.value, shown.checkedAt.value]).toEqual([{ value: 7 }, true, 1_000])

    later.data.value = { value: 8 }
    later.dataUpdatedAt.value = 5_000
    await settled()
    expect([shown.data.value, shown.isLast.value, shown.checkedAt.value]).toEqual([{ value: 8 }, false, 5_000])
    scope.stop()
  })

  it('is shown when no answer comes soon, and gone with the answer or the refusal', async () => {
    vi.useFakeTimers()
    for (const place of [1, 2, 3]) copies.set(`node/${place}`, { data: { value: place }, etag: null, at: 1_000 })
    const scope = effectScope()
    const [hanging, quick, closed] = [asked(), asked(), asked()]
    const [slow, answered, refused] = [hanging, quick, closed].map((query, i) => scope.run(() => useLastAnswer(() => `node/${i + 1}`, query))!) as [Shown, Shown, Shown]
    quick.data.value = { value: 8 }
    await vi.advanceTimersByTimeAsync(3_900)
    expect([slow.isLast.value, slow.data.value]).toEqual([false, undefined])
    await vi.advanceTimersByTimeAsync(200)
    await settled()
    expect([slow.data.value, answered.data.value, refused.data.value]).toEqual([{ value: 1 }, { value: 8 }, { value: 3 }])
    hanging.data.value = { value: 9 }
    closed.error.value = new Problem({ status: 403, code: 'GEN-0005', title: 'no' })
    await settled()
    expect([slow.isLast.value, slow.data.value]).toEqual([false, { value: 9 }])
    expect([refused.isLast.value, refused.data.value]).toEqual([false, undefined])
    scope.stop()
    vi.useRealTimers()
  })

  it('is not shown for a refusal, nor for another place', async () => {
    copies.set('node/1', { data: { value: 7 }, etag: null, at: 1_000 })
    const scope = effectScope()
    const name = ref('node/1')
    const query = asked()
    const shown = scope.run(() => useLastAnswer(() => name.value, query))!
    query.failureReason.value = new Problem({ status: 404, code: 'GEN-0006', title: 'no' })
    await settled()
    expect(shown.isLast.value).toBe(false)
    query.failureReason.value = away
    await settled()
    expect(shown.isLast.value).toBe(true)
    name.value = 'node/2'
    await settled()
    expect([shown.isLast.value, shown.data.value]).toEqual([false, undefined])
    scope.stop()
  })
})
