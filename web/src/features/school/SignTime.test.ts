import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { learnTime } from '@/api/serverClock'
import SignTime from './SignTime.vue'

const server = Date.parse('2026-11-22T06:00:00Z')
const at = (minutes: number) => new Date(server + minutes * 60_000).toISOString()

/** The device says `device` minutes more than the server. */
const shown = (dueIn: number, untilIn: number, device = 0) => {
  vi.setSystemTime(server + device * 60_000)
  return mount(SignTime, { props: { dueAt: at(dueIn), submitUntil: at(untilIn), serverTime: at(0), receivedAt: Date.now() } })
}

describe('until when a signature is taken', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is the server’s to say, whatever the device’s clock shows', () => {
    for (const device of [-600, 0, 600]) {
      const { element } = shown(60, 70, device)
      expect(element.className).toContain('soon')
      expect(element.textContent).toContain('1 小时 10 分')
      expect(element.textContent?.includes('600 分钟')).toBe(device !== 0)
    }
  })

  it('is corrected once, also when the page has learned the server’s clock from another answer', () => {
    vi.setSystemTime(server + 600 * 60_000)
    learnTime(new Response(null, { headers: { date: new Date(server).toUTCString() } }), Date.now(), Date.now())
    const { element } = shown(60, 70, 600)
    learnTime(new Response(null, { headers: { date: new Date(Date.now()).toUTCString() } }), Date.now(), Date.now())
    expect(element.textContent).toContain('1 小时 10 分')
  })

  it('says grace while it lasts, then what to do, and looks again at that moment', async () => {
    const time = shown(-5, 1)
    expect(time.element.className).toContain('grace')
    expect(time.emitted('over')).toBeUndefined()
    vi.advanceTimersByTime(62_000)
    await nextTick()
    expect(time.element.className).toContain('over')
    expect(time.element.textContent).toContain('没有丢失')
    expect(time.emitted('over')).toHaveLength(1)
  })
})
