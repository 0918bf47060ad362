import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { untilThere } from './later'

describe('code that comes later', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is asked for again until it is there, and each failure is said', async () => {
    const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error('cut')).mockRejectedValueOnce(new Error('cut')).mockResolvedValue('here')
    const missing = vi.fn()
    const there = untilThere(load, missing)
    await vi.runAllTimersAsync()
    expect([await there, load.mock.calls.length, missing.mock.calls.length]).toEqual(['here', 3, 2])
  })

  it('is asked for at once when the line is back', async () => {
    const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error('cut')).mockResolvedValue('here')
    const there = untilThere(load)
    await vi.advanceTimersByTimeAsync(10)
    expect(load).toHaveBeenCalledOnce()
    window.dispatchEvent(new Event('online'))
    expect([await there, load.mock.calls.length]).toEqual(['here', 2])
  })
})
