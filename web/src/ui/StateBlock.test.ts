import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setLocale } from '@/app/i18n'
import StateBlock from './StateBlock.vue'

describe('what stands in for content', () => {
  beforeEach(async () => {
    await setLocale('en')
    vi.useFakeTimers()
  })
  afterEach(() => void vi.useRealTimers())

  it('says in words that it takes long, and no longer once it came', async () => {
    const block = mount(StateBlock, { props: { what: 'the figures', pending: true, problem: null }, slots: { default: '<p id="content">83.7%</p>' } })
    expect(block.get('[role=status] span').classes()).toContain('visually-hidden')
    await vi.advanceTimersByTimeAsync(5_100)
    expect(block.get('[role=status] span').classes()).not.toContain('visually-hidden')
    expect(block.text()).toContain('slower than usual')
    await block.setProps({ pending: false })
    expect(block.find('[role=status]').exists()).toBe(false)
    expect(block.find('#content').exists()).toBe(true)
    await block.setProps({ pending: true })
    expect(block.get('[role=status] span').classes()).toContain('visually-hidden')
    block.unmount()
  })
})
