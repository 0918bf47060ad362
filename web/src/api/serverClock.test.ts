import { describe, expect, it } from 'vitest'
import { learnTime, serverNow } from './serverClock'

const answer = (date: string) => new Response(null, { headers: { date } })

describe('the server’s clock', () => {
  it('corrects a device that is a day ahead, and one that was put right', () => {
    const now = Date.now()
    learnTime(answer(new Date(now - 86_400_000).toUTCString()), now, now)
    expect(Math.abs(serverNow() - (now - 86_400_000))).toBeLessThan(2_000)
    learnTime(answer(new Date(now).toUTCString()), now, now)
    expect(Math.abs(serverNow() - now)).toBeLessThan(1_000)
  })

  it('is left alone by seconds cut off and by an answer without a date', () => {
    const now = Date.now()
    learnTime(answer(new Date(now - 1_000).toUTCString()), now, now)
    learnTime(new Response(null), now, now)
    expect(Math.abs(serverNow() - Date.now())).toBeLessThan(1_000)
  })
})
