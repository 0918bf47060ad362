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

  it('is shown when no answer comes soon, refused or not', async () => {
    vi.useFakeTimers()
    copies.set('node/1', { data: { value: 7 }, etag: null, at: 1_000 })
    const scope = effectScope()
    const [hanging, quick, refused] = [asked(), asked(), asked()]
    const [shown, answered, closed] = [hanging, quick, refused].map((query) => scope.run(() => useLastAnswer(() => 'node/1', query))!) as [Shown, Shown, Shown]
    quick.data.value = { value: 8 }
    refused.error.value = new Problem({ status: 403, code: 'GEN-0005', title: 'no' })
    await vi.advanceTimersByTimeAsync(3_900)
    expect([shown.isLast.value, shown.data.value]).toEqual([false, undefined])
    copies.set('node/1', { data: { value: 7 }, etag: null, at: 1_000 })
    await vi.advanceTimersByTimeAsync(200)
    await settled()
    expect([shown.isLast.value, shown.data.value]).toEqual([true, { value: 7 }])
    expect([answered.isLast.value, answered.data.value, closed.isLast.value]).toEqual([false, { value: 8 }, false])
    hanging.data.value = { value: 9 }
    await settled()
    expect([shown.isLast.value, shown.data.value]).toEqual([false, { value: 9 }])
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
