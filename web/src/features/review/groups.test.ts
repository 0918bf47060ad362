import { describe, expect, it } from 'vitest'
import { dayIn, isRunning } from './groups'

describe('a reviewer group', () => {
  it('runs to the end of its last day, unless it was ended', () => {
    expect(isRunning({ endedAt: null, validTo: '2026-09-15' }, '2026-09-15')).toBe(true)
    expect(isRunning({ endedAt: null, validTo: '2026-09-14' }, '2026-09-15')).toBe(false)
    expect(isRunning({ endedAt: '2026-09-01T00:00:00Z', validTo: '2026-12-31' }, '2026-09-15')).toBe(false)
  })
  it('counts days where the schools are', () => expect(dayIn(Date.parse('2026-09-14T16:30:00Z'))).toBe('2026-09-15'))
})
