import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import { useGradually } from './useGradually'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function page(count: number) {
  const parts = ref(Array.from({ length: count }, (_, index) => index))
  let gradually!: ReturnType<typeof useGradually>
  const mounted = mount(defineComponent(() => {
    gradually = useGradually(parts)
    return () => h('p', parts.value.slice(0, gradually.drawn.value).join(' '))
  }))
  return { parts, mounted, all: () => gradually.all() }
}

it('draws the first part at once and the others one by one', async () => {
  const { mounted } = page(3)
  expect(mounted.text()).toBe('0')
  vi.advanceTimersToNextTimer()
  await nextTick()
  expect(mounted.text()).toBe('0 1')
  vi.runAllTimers()
  await nextTick()
  expect(mounted.text()).toBe('0 1 2')
})

it('draws everything for whoever jumps, and what comes later too', async () => {
  const { parts, mounted, all } = page(3)
  all()
  await nextTick()
  expect(mounted.text()).toBe('0 1 2')
  parts.value = [0, 1, 2, 3]
  await nextTick()
  expect(mounted.text()).toBe('0 1 2 3')
})

it('goes on when there is more to draw than before', async () => {
  const { parts, mounted } = page(1)
  vi.runAllTimers()
  parts.value = [0, 1]
  await nextTick()
  vi.runAllTimers()
  await nextTick()
  expect(mounted.text()).toBe('0 1')
})
