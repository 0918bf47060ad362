import { describe, expect, it } from 'vitest'
import { compile, failed } from './cel'

const evaluate = (text: string, context: object = {}) => compile(text).evaluate(context)

describe('an expression', () => {
  it('absorbs an error when the other side of && or || decides', () => {
    expect(evaluate('x < 1.0 || true', { x: null })).toBe(true)
    expect(evaluate('x < 1.0 && false', { x: null })).toBe(false)
    expect(evaluate('x < 1.0 || false', { x: null })).toBe(failed)
  })

  it('fails instead of throwing', () => {
    expect(evaluate('x + 1.0', { x: null })).toBe(failed)
    expect(evaluate('nonsense(', {})).toBe(failed)
    expect(evaluate('unknown == 1.0', {})).toBe(failed)
  })

  it.each([
    ['sum(m)', 3.5], ['sum(rows, "h")', 5], ['count(m)', 2], ['mean(m)', 1.75], ['mean({})', 0], ['distinct(rows, "p")', 2],
    ['at(m, "g9") == null', true], ['num(nothing)', 0], ['present(rows)', true], ['present("")', false], ['round(-2.5)', -2],
    ['days("2024-02-28", "2024-03-01")', 2], ['days("2023-02-28", "2023-03-01")', 1], ['max(1.0, 2.0)', 2],
  ])('%s is %s', (text, wanted) => {
    const context = { m: { g1: 1, g2: 2.5 }, rows: [{ h: 2, p: 'a' }, { h: 3, p: 'b' }, { h: null, p: 'a' }], nothing: null }
    expect(evaluate(text, context)).toBe(wanted)
  })

  it.each(['days("2023-02-29", "2023-03-01")', 'sum("x")', 'distinct(1.0, "p")', 'num("1")'])('%s fails', (text) => {
    expect(evaluate(text)).toBe(failed)
  })

  it('knows the names it reads, but not its own variables', () => {
    const expression = compile('rows.exists(r, r.h > limit) && row.level == "a" && m[g] > 1.0')
    expect(expression.names.sort()).toEqual(['g', 'limit', 'm', 'row', 'rows'])
    expect(expression.members).toEqual([['row', 'level']])
  })
})
