import { describe, expect, it } from 'vitest'
import { context, field, programmeOf, rule } from './fixture'
import { evaluateModule } from './index'
import type { Rule } from './types'

const fields = [
  field('boarders', 'integer'),
  field('students', 'decimal', { per: 'grade' }),
  field('roster', 'rows', { columns: [field('hours', 'decimal'), field('level', 'text')] }),
]

const run = (one: Rule, values: Record<string, unknown>) => evaluateModule(programmeOf(fields, [one]), 'm', { m: values }, context)

describe('a rule', () => {
  it('tells the numbers and where', () => {
    const one = rule('boarders <= sum(students)', {
      values: { n: 'sum(students)', b: 'boarders / 3.0' }, message: { zh: '{b} 多于 {n}', en: '{b} is more than {n}' },
    })
    expect(run(one, { boarders: 10, students: { g1: 1, g2: 1.5 } })).toEqual([
      { rule: 'E01', severity: 'error', at: ['boarders'], message: { zh: '3.33 多于 2.5', en: '3.33 is more than 2.5' } },
    ])
    expect(run(one, { boarders: 2, students: { g1: 1, g2: 1.5 } })).toEqual([])
  })

  it('is skipped, run with zero, or run with null when a value is missing', () => {
    const expr = 'boarders > 0.0'
    expect(run(rule(expr, { missing: 'skip' }), {})).toEqual([])
    expect(run(rule(expr, { missing: 'zero' }), {}).map((result) => result.severity)).toEqual(['error'])
    expect(run(rule(expr, { missing: 'run' }), {}).map((result) => result.severity)).toEqual(['broken'])
  })

  it('runs once a grade of the school', () => {
    const one = rule('students[g] > grade', { each: 'grade', at: ['students/{g}'], message: { zh: '{g}', en: '{g}' } })
    const results = run(one, { students: { g1: 1, g2: 9, g7: 0 } }).filter((result) => result.rule === 'E01')
    expect(results.map((result) => [result.at[0], result.message.zh])).toEqual([['students/g1', '1年级']])
  })

  it('runs once a row and skips rows whose cell is missing', () => {
    const one = rule('row.hours <= 25.0', { each: 'row:roster', at: ['roster/{row}/hours'], message: { zh: '第{row}行', en: 'row {row}' } })
    const results = run(one, { roster: [{ _id: 'a', hours: 20 }, { _id: 'b' }, { _id: 'c', hours: 26 }] })
    expect(results.map((result) => [result.at[0], result.message.zh])).toEqual([['roster/c/hours', '第3行']])
  })

  it('treats a value of another type as missing', () => {
    expect(run(rule('boarders > 0.0'), { boarders: 'many' }).map((result) => result.rule)).toEqual(['field:type'])
  })

  // How long they take is measured by bench/rules.bench.ts.
  it('looks at every one of a thousand rules', () => {
    const rules = Array.from({ length: 1000 }, (_, index) =>
      rule(`boarders <= sum(students) + ${index}.0 && roster.all(r, r.hours <= 25.0)`, { id: `E${index}`, values: { n: 'sum(students)' } }))
    const programme = programmeOf(fields, rules)
    const values = { boarders: 5, students: { g1: 3, g2: 4 }, roster: [{ _id: 'a', hours: 20 }, { _id: 'b', hours: 3 }] }
    expect(evaluateModule(programme, 'm', { m: values }, context)).toEqual([])
    expect(evaluateModule(programme, 'm', { m: { ...values, boarders: 1005 } }, context)).toHaveLength(998)
  })
})
