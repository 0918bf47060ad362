import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { readNode, readSchool } from '@/api/analytics'
import { useDrill } from './useDrill'

vi.mock('@/api/analytics', () => ({ readNode: vi.fn(() => Promise.resolve({})), readSchool: vi.fn(() => Promise.resolve({})) }))
let drill: ReturnType<typeof useDrill>
const open = () => mount(defineComponent({ setup() { drill = useDrill('cycle'); return () => null } }), {
  global: { plugins: [[VueQueryPlugin, { queryClient: new QueryClient() }], createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: { render: () => null } }] })] },
})
const [one, other] = [{ id: 'one' }, { id: 'other' }]

describe('the way down', () => {
  beforeEach(() => { vi.useFakeTimers(); vi.mocked(readNode).mockClear(); vi.mocked(readSchool).mockClear() })
  afterEach(() => void vi.useRealTimers())

  it('is asked for by who rests on a place, not by who passes over it', () => {
    open()
    drill.rest(one).onPointerenter()
    drill.rest(one).onPointerleave()
    drill.rest(other).onPointerenter()
    expect(readNode).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1_000)
    expect(vi.mocked(readNode).mock.calls).toEqual([['other', 'cycle']])
  })
  it('asks once while what came is fresh', async () => {
    open()
    drill.rest(one).onFocus()
    await vi.advanceTimersByTimeAsync(1_000)
    drill.rest(one).onPointerenter()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(readNode).toHaveBeenCalledTimes(1)
  })
  it('leads to a school’s own page', () => {
    open()
    drill.rest(one, true).onFocus()
    vi.advanceTimersByTime(1_000)
    expect([vi.mocked(readSchool).mock.calls, vi.mocked(readNode).mock.calls.length]).toEqual([[['one', 'cycle']], 0])
    expect([drill.to(one, true).name, drill.to(one).name, drill.to(one).query.cycle]).toEqual(['school-dashboard', 'dashboard', 'cycle'])
  })
  it('asks nothing for nobody, and nothing once the page is left', () => {
    const page = open()
    drill.rest(undefined).onFocus()
    drill.rest(one).onFocus()
    page.unmount()
    vi.advanceTimersByTime(1_000)
    expect(readNode).not.toHaveBeenCalled()
  })
})
