import { describe, expect, it } from 'vitest'
import { nextIn, placeIn } from './queueTrail'

const trail = { step: 'county', reportIds: ['a', 'b', 'c'], back: '/review' }

describe('the way through the queue', () => {
  it('leads to the next report of the list and ends with it', () => {
    expect(nextIn(trail, 'a')).toBe('b')
    expect(nextIn(trail, 'c')).toBeNull()
  })
  it('begins with the first for a report that is not in it', () => expect(nextIn(trail, 'x')).toBe('a'))
  it('is nowhere without a list', () => {
    expect(nextIn(null, 'a')).toBeNull()
    expect(placeIn(null, 'a')).toBeNull()
  })
  it('says how far one is', () => expect(placeIn(trail, 'b')).toEqual({ place: 2, of: 3 }))
})
