import { mount } from '@vue/test-utils'
import { nextTick } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import AfterTheFirst from './AfterTheFirst.vue'

const page = () => mount(AfterTheFirst, { slots: { default: '<p id="below">below</p>' } })

describe('what stands below the first screen', () => {
  it('leaves the first frame to the first screen, and comes by itself', async () => {
    const below = page()
    expect([below.find('#below').exists(), below.find('.room').exists()]).toEqual([false, true])
    expect(below.find('.room').attributes('aria-busy')).toBe('true')
    await vi.waitFor(() => expect(below.find('#below').exists()).toBe(true), { timeout: 15_000 })
    expect(below.find('.room').exists()).toBe(false)
  })

  it('is on the paper of who prints before that', async () => {
    vi.stubGlobal('requestAnimationFrame', () => 0)
    try {
      const below = page()
      window.dispatchEvent(new Event('beforeprint'))
      await nextTick()
      expect(below.find('#below').exists()).toBe(true)
    } finally {
      vi.unstubAllGlobals()
    }
  })
})
