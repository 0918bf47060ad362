import { describe, expect, it } from 'vitest'
import { addressOf, askedOf, dimensionsOf, keptOf, nudged, placed, questionOf, settled, turned, type Question } from './question'

const question = (over: Partial<Question> = {}): Question => ({ place: 'p', cycles: ['c1'], indicators: ['K01'], rows: ['county'], columns: [], where: {}, ...over })

describe('a question', () => {
  it('is the same after a way through the address', () => {
    const one = question({ cycles: ['c1', 'c2'], indicators: ['K01', 'K03'], columns: ['indicator', 'cycle'], where: { 'school-type': ['primary', 'junior'], size: [''] } })
    expect(questionOf(addressOf(one), 'own', 'newest', ['K02'])).toEqual(one)
    expect(askedOf(one)).toMatchObject({ organisationId: 'p', cycles: 'c1,c2', indicators: 'K01,K03', rows: 'county', columns: 'indicator,cycle', where: 'school-type:primary|junior;size:' })
  })

  it('is kept whole: what it does not ask stands there as nothing', () => {
    expect(keptOf(question())).toEqual({ organisationId: 'p', cycles: 'c1', indicators: 'K01', rows: 'county', columns: null, where: null })
  })

  it('begins with the own place, the chosen cycle and some indicators', () => {
    expect(questionOf({}, 'own', 'c9', ['K01', 'K02'])).toEqual({ place: 'own', cycles: ['c9'], indicators: ['K01', 'K02'], rows: [], columns: ['indicator'], where: {} })
  })

  it('gives several indicators and cycles a place of their own, also where columns are full', () => {
    expect(settled(question({ indicators: ['K01', 'K02'] })).columns).toEqual(['indicator'])
    expect(settled(question({ indicators: ['K01', 'K02'], rows: ['indicator'] })).columns).toEqual([])
    expect(settled(question({ cycles: ['c1', 'c2'], rows: ['city', 'county', 'level'], columns: ['stage', 'size', 'state'] })).rows).toEqual(['city', 'county', 'cycle'])
  })

  it('moves a dimension from one axis to the other, to a place on it, and off', () => {
    const one = question({ rows: ['city', 'county'], columns: ['stage'] })
    expect(placed(one, 'city', 'columns')).toMatchObject({ rows: ['county'], columns: ['stage', 'city'] })
    expect(placed(one, 'county', 'columns', 0)).toMatchObject({ rows: ['city'], columns: ['county', 'stage'] })
    expect(placed(one, 'stage', null)).toMatchObject({ rows: ['city', 'county'], columns: [] })
    expect(placed(question({ rows: ['city', 'county', 'level'] }), 'size', 'rows')).toEqual(question({ rows: ['city', 'county', 'level'] }))
  })

  it('never loses the indicator while there are several', () => {
    expect(placed(question({ indicators: ['K01', 'K02'], columns: ['indicator'] }), 'indicator', null).columns).toEqual(['indicator'])
  })

  it('nudges within its axis and turns round', () => {
    const one = question({ rows: ['city', 'county'], columns: ['stage'] })
    expect(nudged(one, 'county', -1).rows).toEqual(['county', 'city'])
    expect(nudged(one, 'county', 1)).toBe(one)
    expect(turned(one)).toMatchObject({ rows: ['stage'], columns: ['city', 'county'] })
  })

  it('offers what the place has', () => {
    expect(dimensionsOf(['province'])).toEqual(expect.arrayContaining(['city', 'county', 'level']))
    expect(dimensionsOf(['province'])).not.toContain('school')
    expect(dimensionsOf(['city'])).not.toContain('city')
    expect(dimensionsOf(['city', 'county'])).toContain('school')
    expect(dimensionsOf(['county'])).not.toContain('level')
  })
})
