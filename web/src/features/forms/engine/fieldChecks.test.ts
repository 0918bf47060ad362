import { describe, expect, it } from 'vitest'
import { context, field, programmeOf } from './fixture'
import { evaluateModule, isShown, moduleCompletion } from './index'
import type { Field } from './types'

const results = (one: Field, value: unknown) =>
  evaluateModule(programmeOf([one]), 'm', { m: { [one.key]: value } }, context).map(({ rule, at }) => `${rule} ${at.join()}`)

describe('field checks', () => {
  it.each<[string, Field, unknown, string[]]>([
    ['required', field('n', 'integer', { required: true }), null, ['field:required n']],
    ['a number of the wrong type', field('n', 'integer'), 'x', ['field:type n']],
    ['a broken number', field('n', 'integer'), 1.5, ['field:type n']],
    ['too small', field('n', 'decimal', { min: 0 }), -1, ['field:range n']],
    ['off the step', field('n', 'decimal', { step: 0.5 }), 0.7, ['field:step n']],
    ['on a decimal step', field('n', 'decimal', { step: 0.1 }), 0.3, []],
    ['an unknown option', field('n', 'choice', { options: [{ key: 'a' }] }), 'b', ['field:option n']],
    ['too long', field('n', 'text', { maxLength: 2 }), 'abc', ['field:length n']],
    ['the wrong format', field('n', 'text', { pattern: '^[0-9]+$' }), 'abc', ['field:pattern n']],
    ['no such day', field('n', 'date'), '2026-02-30', ['field:type n']],
    ['a grade the school has not', field('n', 'integer', { per: 'grade' }), { g1: 1, g7: 2 }, ['field:grade n/g7']],
    ['a required grade', field('n', 'integer', { per: 'grade', required: true }), { g1: 1 }, ['field:required n/g2']],
    ['a required column', field('n', 'rows', { columns: [field('c', 'text', { required: true })] }), [{ _id: 'r1' }], ['field:required n/r1/c']],
    ['rows without ids', field('n', 'rows', { columns: [] }), [{}], ['field:type n']],
  ])('%s', (_, one, value, wanted) => expect(results(one, value)).toEqual(wanted))

  it('say the number and what is allowed, in both languages', () => {
    const [result] = evaluateModule(programmeOf([field('n', 'decimal', { min: 0, max: 24 })]), 'm', { m: { n: 24.126 } }, context)
    expect(result?.message).toEqual({ zh: '“n（中）”为 24.13，应在 0 与 24 之间。', en: '"n" is 24.13: it must lie between 0 and 24.' })
  })

  it('leave hidden fields alone', () => {
    const programme = programmeOf([field('held', 'boolean'), field('n', 'integer', { required: true, showIf: 'held == true' })])
    expect(isShown(programme, 'm', 'n', { m: { held: true } }, context)).toBe(true)
    expect(isShown(programme, 'm', 'n', {}, context)).toBe(false)
    expect(evaluateModule(programme, 'm', { m: { held: false } }, context)).toEqual([])
  })

  it('count the required cells that are filled', () => {
    const programme = programmeOf([field('n', 'integer', { per: 'grade', required: true }), field('t', 'text')])
    expect(moduleCompletion(programme, 'm', { m: { n: { g1: 0 } } }, context)).toBe(0.5)
  })
})
