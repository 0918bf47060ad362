import { bench, describe } from 'vitest'
import { evaluateModule, isShown, type Context, type Programme } from '@/features/forms/engine'

// A form of 300 numbers with 1,000 rules, of the kinds the programmes use: what one look of the rules at a changed cell costs. To hold: 50 ms.
const texts = (text: string) => ({ zh: text, en: text })
const grades = Array.from({ length: 6 }, (_, index) => ({ key: `g${index + 1}`, number: index + 1, stage: 'primary', name: texts(`g${index + 1}`) }))
const fields = Array.from({ length: 300 }, (_, index) => ({
  key: `f${index}`, name: texts(`field ${index}`), type: 'integer', ...(index % 10 === 9 ? { per: 'grade' } : {}), ...(index % 20 === 5 ? { showIf: `f${index - 1} != null && f${index - 1} > 1.0` } : {}),
}))
const plain = fields.filter(({ per }) => per === undefined).map(({ key }) => key)
const rules = Array.from({ length: 1000 }, (_, index) => {
  const [a, b, c] = [0, 7, 31].map((step) => plain[(index * 13 + step) % plain.length]!)
  const expr = [`${a} <= ${b} + ${c}`, `${a} + ${b} == ${c} + 5.0 || ${c} > 3.0`, `${b} == 0.0 || ${a} / ${b} < 20.0`, `f${(index % 30) * 10 + 9}[g] <= ${a} + ${b}`][index % 4]!
  return { id: `R${index}`, severity: index % 3 === 0 ? 'warning' : 'error', at: [a], expr, ...(index % 4 === 3 ? { each: 'grade' } : {}), values: { x: a, y: b }, message: texts('{x} and {y} do not fit') }
})
const programme = { programme: { grades }, modules: [{ key: 'm', fields, sections: [], rules }] } as unknown as Programme
const context = {
  school: { code: '2113000001', type: 'primary', grades: grades.map(({ key }) => key), stages: ['primary'], urbanRural: 'city', runBy: 'education', isTeachingPoint: false },
  period: { today: '2026-11-22', start: '2026-09-01', end: '2027-01-31', academicYearStart: '2026-09-01', academicYearEnd: '2027-08-31', fiscalYear: 2026 },
} as unknown as Context
const values = Object.fromEntries(fields.map(({ key, per }, index) => [key, per ? Object.fromEntries(grades.map((grade) => [grade.key, index % 40])) : index % 40]))
let count = 0

describe('1,000 rules', () => {
  bench('after a keystroke: all of them, and what is shown', () => {
    const documents = { m: { ...values, f0: count++ % 40 } }
    const results = evaluateModule(programme, 'm', documents, context)
    for (const { key } of fields) isShown(programme, 'm', key, documents, context)
    if (results.some(({ severity }) => severity === 'broken')) throw new Error('a rule is broken')
  }, { time: 3000 })
})
