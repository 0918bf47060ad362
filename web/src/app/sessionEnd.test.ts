import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as identity from '@/api/identity'
import { renewed } from './renewal'
import { startSessionEnd, stay, useSessionEnd, watchSessionEnd } from './sessionEnd'

const minute = 60_000
const begun = Date.parse('2026-11-23T06:00:00Z')
const at = (minutes: number) => new Date(begun + minutes * minute).toISOString()
const session = (ends: number, limit = 480) => ({ signedIn: true, name: '王老师', personId: 'p', expiresAt: at(ends), limitAt: at(limit) })
const signedOut = { signedIn: false, name: null, personId: null, expiresAt: null, limitAt: null }
const { ending } = useSessionEnd()

describe('before a session ends', () => {
  const spied = () => vi.spyOn(identity, 'readSession').mockResolvedValue(session(60))
  let asked: ReturnType<typeof spied>
  beforeEach(() => {
    vi.useFakeTimers({ now: begun })
    asked = spied()
  })
  afterEach(() => {
    watchSessionEnd(signedOut)
    vi.useRealTimers()
  })

  it('asks ten minutes ahead, and says nothing when the end has moved on', async () => {
    startSessionEnd(session(60))
    await vi.advanceTimersByTimeAsync(49 * minute)
    expect([asked.mock.calls.length, ending.value]).toEqual([0, null])
    asked.mockResolvedValue(session(108))
    await vi.advanceTimersByTimeAsync(minute)
    expect([asked.mock.calls.length, ending.value]).toEqual([1, null])
  })

  it('says when it ends, and stays when somebody is here', async () => {
    startSessionEnd(session(60))
    await vi.advanceTimersByTimeAsync(50 * minute)
    expect(ending.value).toEqual({ at: Date.parse(at(60)), forGood: false })
    const here = vi.spyOn(identity, 'beHere').mockResolvedValue({} as never)
    asked.mockResolvedValue(session(110))
    await stay()
    expect([here.mock.calls.length, ending.value]).toEqual([1, null])
  })

  it('knows the end that only signing in again puts off', async () => {
    startSessionEnd(session(480))
    asked.mockResolvedValue(session(480))
    await vi.advanceTimersByTimeAsync(470 * minute)
    expect(ending.value).toEqual({ at: Date.parse(at(480)), forGood: true })
    asked.mockResolvedValue(session(530, 950))
    renewed()
    await vi.advanceTimersByTimeAsync(0)
    expect(ending.value).toBeNull()
  })

  it('says nothing of an end that has come: that is told where it is met', async () => {
    startSessionEnd(session(60))
    asked.mockRejectedValueOnce(new Error('no line')).mockResolvedValue(signedOut)
    await vi.advanceTimersByTimeAsync(52 * minute)
    expect([asked.mock.calls.length, ending.value]).toEqual([2, null])
  })

  it('is asked when a sleeping device wakes', async () => {
    startSessionEnd(session(60))
    vi.setSystemTime(begun + 55 * minute)
    document.dispatchEvent(new Event('visibilitychange'))
    await vi.advanceTimersByTimeAsync(0)
    expect(ending.value?.forGood).toBe(false)
  })
})
