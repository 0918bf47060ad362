import { describe, expect, it } from 'vitest'
import type { AuditItem } from '@/api/types'
import { emptyTrail, emptyTrails, mergeTrails, type Trails } from './mergeTrails'

const item = (seq: number, minute: number) => ({ seq, at: `2026-11-22T10:${String(minute).padStart(2, '0')}:00Z`, act: 'x.y', outcome: 'done', objectKind: 'x' }) as AuditItem
const with_ = (parts: Partial<Trails>): Trails => ({ ...emptyTrails(), ...parts })
const minutes = (trails: Trails) => mergeTrails(trails).shown.map((one) => `${one.service}:${one.at.slice(14, 16)}`)

describe('the trails of all services', () => {
  it('are one list, the newest first', () => {
    const trails = with_({ identity: { ...emptyTrail(), items: [item(3, 30), item(2, 10)] }, reporting: { ...emptyTrail(), items: [item(9, 20)] } })
    expect(minutes(trails)).toEqual(['identity:30', 'reporting:20', 'identity:10'])
    expect(mergeTrails(trails)).toMatchObject({ waiting: 0, lagging: [] })
  })

  it('hold back what an unfinished stream might come before', () => {
    const trails = with_({ identity: { ...emptyTrail(), items: [item(3, 50), item(2, 40)], next: 2 }, reporting: { ...emptyTrail(), items: [item(9, 45), item(8, 20)] } })
    expect(minutes(trails)).toEqual(['identity:50', 'reporting:45', 'identity:40'])
    expect(mergeTrails(trails)).toMatchObject({ waiting: 1, lagging: ['identity'] })
  })

  it('read on in the stream that reaches back least', () => {
    const trails = with_({ identity: { ...emptyTrail(), items: [item(3, 50), item(2, 10)], next: 2 }, analytics: { ...emptyTrail(), items: [item(5, 45)], next: 5 } })
    expect(mergeTrails(trails).lagging).toEqual(['analytics'])
  })

  it('order entries of one moment by their number', () => {
    expect(mergeTrails(with_({ supervision: { ...emptyTrail(), items: [item(1, 5), item(2, 5)] } })).shown.map((one) => one.seq)).toEqual([2, 1])
  })
})
