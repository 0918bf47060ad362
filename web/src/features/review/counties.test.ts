import { describe, expect, it } from 'vitest'
import type { CountyDispatch } from '@/api/types'
import { sortCounties } from './counties'

const county = (code: string, owed: number, arrived: number, state?: 'waiting' | 'complete' | 'refused') =>
  ({ code, owed, arrived, dispatch: state ? { state } : null, organisation: { id: code } }) as unknown as CountyDispatch

describe('the counties of a city', () => {
  it('begin with what has to be decided and end with the complete', () => {
    const sorted = sortCounties([county('a', 9, 9, 'complete'), county('b', 9, 8), county('c', 9, 2), county('d', 9, 7, 'waiting'), county('e', 9, 7, 'refused')])
    expect(sorted.map((one) => one.code)).toEqual(['d', 'e', 'c', 'b', 'a'])
  })
  it('leave out those that owe nothing', () => expect(sortCounties([county('a', 0, 0)])).toEqual([]))
})
