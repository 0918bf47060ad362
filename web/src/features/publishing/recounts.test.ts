import { describe, expect, it } from 'vitest'
import type { Recount } from '@/api/types'
import { alarms, newestOfEach, secondsOf } from './recounts'

const recount = (cycleId: string, kind: string, differences: number, finishedAt: string | null, state = 'finished') =>
  ({ id: `${cycleId}-${kind}-${finishedAt}`, cycleId, kind, state, differences, finishedAt, startedAt: '2026-09-15T00:00:00Z' }) as unknown as Recount

describe('recounts', () => {
  it('alarm where the newest comparison found differences', () => {
    const found = alarms([recount('a', 'nightly', 2, '2026-09-16T02:00:00Z'), recount('a', 'nightly', 0, '2026-09-15T02:00:00Z'), recount('b', 'nightly', 0, '2026-09-16T02:00:00Z')])
    expect(found.map((one) => one.cycleId)).toEqual(['a'])
  })

  it('are silent after a rebuild, in whatever order they are listed', () => {
    const both = [recount('a', 'rebuild', 2, '2026-09-16T03:00:00Z'), recount('a', 'nightly', 2, '2026-09-16T02:00:00Z')]
    expect(alarms(both)).toEqual([])
    expect(alarms([...both].reverse())).toEqual([])
    expect(alarms([recount('a', 'nightly', 2, '2026-09-16T02:00:00Z'), recount('a', 'rebuild', 2, '2026-09-16T02:00:00Z')])).toEqual([])
  })

  it('go by those that ended well', () => {
    const list = [recount('a', 'rebuild', 0, '2026-09-17T03:00:00Z', 'failed'), recount('a', 'rebuild', 0, null, 'running'), recount('a', 'nightly', 1, '2026-09-16T02:00:00Z')]
    expect(newestOfEach(list).map((one) => one.kind)).toEqual(['nightly'])
    expect(alarms(list)).toHaveLength(1)
    expect(secondsOf(list[1]!)).toBeNull()
    expect(secondsOf(recount('a', 'nightly', 0, '2026-09-15T00:00:02.5Z'))).toBe(2.5)
  })
})
