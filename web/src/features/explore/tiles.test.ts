import { describe, expect, it } from 'vitest'
import type { ViewTile } from '@/api/types'
import { laid, moved } from './tiles'

describe('the tiles of a board', () => {
  it('give way to one that takes their place', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
    expect(moved(['a', 'b', 'c'], 1, 2)).toEqual(['a', 'c', 'b'])
  })
  it('stay where there is no further place', () => {
    for (const [from, to] of [[0, -1], [2, 3], [0, 3], [1, 1], [-1, 0], [5, 0]] as const) expect(moved(['a', 'b', 'c'], from, to)).toEqual(['a', 'b', 'c'])
  })
  it('are kept as questions: nothing of what they show goes back', () => {
    expect(laid([{ viewId: '1', show: 'table', view: { name: 'x' } } as ViewTile])).toEqual([{ viewId: '1', show: 'table' }])
  })
})
