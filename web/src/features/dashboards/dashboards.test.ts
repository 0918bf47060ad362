import { describe, expect, it } from 'vitest'
import type { NodeChild } from '@/api/types'
import { measuresOf, measureText, ranked, stepOf } from './measures'

describe('measures', () => {
  const child = (code: string, rate: number | null, score: number | null): NodeChild => ({
    organisation: { id: code, code, nameZh: code, nameEn: code }, index: { value: score, light: 'none' }, figures: {},
    areas: [{ key: 'curriculum', score, light: 'amber' }],
    completeness: { schools: 1, due: 10, submitted: 5, onTime: 5, late: 0, countyApproved: 0, cityApproved: 0, accepted: 2, returned: 0, rate, timelyRate: rate, exempt: 0 },
  })
  const [rate, , accepted, index, area] = measuresOf([{ key: 'curriculum', name: { zh: '课程', en: 'Curriculum' }, weight: 30 }])

  it('are shares on one scale', () => {
    expect([rate!.read(child('1', 0.5, 80)), accepted!.read(child('1', 0.5, 80)), index!.read(child('1', 0.5, 80)), area!.read(child('1', 0.5, 80))]).toEqual([0.5, 0.2, 0.8, 0.8])
  })
  it('keep missing apart from nought', () => {
    expect(stepOf(null)).toBeNull()
    expect(stepOf(0)).toBe(0)
    expect(stepOf(1)).toBe(4)
    expect(measureText(rate!, null, 'en')).toBe('–')
    expect(measureText(index!, 0.834, 'en')).toBe('83.4')
  })
  it('rank best first and the missing last', () => {
    expect(ranked([child('1', null, 1), child('2', 0.2, 1), child('3', 0.9, 1)], rate!).map(({ child: one }) => one.organisation.code)).toEqual(['3', '2', '1'])
  })
  it('give those who are level the same place', () => {
    expect(ranked([child('1', 1, 1), child('2', 1, 1), child('3', 0.9, 1), child('4', null, 1)], rate!).map(({ rank }) => rank)).toEqual([1, 1, 3, null])
  })
})
