import type { Context, Field, Module, Programme, Rule } from './types'

// A programme small enough to read in the tests beside it.
export const text = (name: string) => ({ zh: `${name}（中）`, en: name })

export const field = (key: string, type: string, more: Partial<Field> = {}): Field => ({ key, name: text(key), type, ...more })

export const rule = (expr: string, more: Partial<Rule> = {}): Rule => ({
  id: 'E01', severity: 'error', expr, missing: 'skip', at: ['boarders'], message: { zh: '不对', en: 'wrong' }, ...more,
})

const grade = (number: number) => ({ key: `g${number}`, number, name: { zh: `${number}年级`, en: `Grade ${number}` }, stage: number < 7 ? 'primary' : 'junior' })

export function programmeOf(fields: Field[], rules: Rule[] = []): Programme {
  const module: Module = { key: 'm', fields, rules }
  return { programme: { grades: [1, 2, 7].map(grade) }, modules: [module] }
}

export const context: Context = {
  school: { code: '1301', type: 'primary', grades: ['g1', 'g2'], urbanRural: 'rural', runBy: null },
  period: {
    today: '2026-11-22', start: '2026-09-01', end: '2027-01-20',
    academicYearStart: '2026-09-01', academicYearEnd: '2027-08-31', fiscalYear: 2026,
  },
}
