import { describe, expect, it } from 'vitest'
import type { Room } from '@/api/types'
import { byMissing, minuteAt, pace, stuckOf } from './room'

const figures = { reports: 10, exempt: 1, done: 4, modules: 100, signed: 60, unsigned: 2, notBegun: 3, empty: 1, errors: 5, silent: 0 }
const child = (code: string, done: number) => ({ organisation: { id: code, code, nameZh: code, nameEn: code, path: '/' }, figures: { ...figures, done }, minutes: [] })

describe('the deadline room', () => {
  it('counts who is missing and who is stuck', () => {
    expect([stuckOf(figures, 'missing'), stuckOf(figures, 'not-begun'), stuckOf(figures, 'errors')]).toEqual([6, 3, 5])
  })
  it('takes the pace of whole minutes alone', () => {
    expect(pace([...Array(55).fill(0), 10, 20, 30, 40, 999])).toBe(20)
    expect(pace([])).toBe(0)
  })
  it('puts those with most missing first', () => {
    expect(byMissing([child('1', 9), child('3', 2), child('2', 2)]).map((one) => one.organisation.code)).toEqual(['2', '3', '1'])
  })
  it('names each minute', () => {
    expect(minuteAt({ firstMinute: '2026-09-30T08:31:00Z' } as Room, 59)).toBe('2026-09-30T09:30:00.000Z')
  })
})
