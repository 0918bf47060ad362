import { describe, expect, it } from 'vitest'
import { canStillToday, dayOf, endOf, endOfDay } from './promise'

describe('what can be promised', () => {
  const now = Date.parse('2026-09-15T00:30:00+08:00')
  it('ends at six in the evening of the province, whatever zone the device is in', () => {
    expect(endOfDay(now, 0).toISOString()).toBe('2026-09-15T10:00:00.000Z')
    expect(endOfDay(now, 1).toISOString()).toBe('2026-09-16T10:00:00.000Z')
    expect([dayOf(endOfDay(now, 1)), endOf('2026-09-16').toISOString()]).toEqual(['2026-09-16', '2026-09-16T10:00:00.000Z'])
  })
  it('is not today when the day is over', () => {
    expect([canStillToday(now), canStillToday(Date.parse('2026-09-15T17:45:00+08:00'))]).toEqual([true, false])
  })
})
