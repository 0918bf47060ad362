import { describe, expect, it } from 'vitest'
import { loadsOf, nameOfFigure } from './registerNames'

const load = (key: string, source = '学籍系统', recordedAt = '2026-09-02T00:00:00Z') => ({ key, source, asOf: '2026-09-01', recordedAt, schools: 3, sum: 900 })

describe('registers', () => {
  it('are shown as of a day, the last first, grades beside their totals', () => {
    const loads = loadsOf([load('classes'), load('students'), load('students/g1'), load('teachers', '人事系统', '2026-10-01T00:00:00Z')])
    expect(loads.map((one) => [one.source, one.figures.map((figure) => figure.key), one.grades])).toEqual([['人事系统', ['teachers'], 0], ['学籍系统', ['classes', 'students'], 1]])
  })

  it('that came in parts are added up', () => {
    const loads = loadsOf([load('students'), load('students', '学籍系统', '2026-09-02T00:10:00Z'), load('classes', '学籍系统', '2026-09-02T00:05:00Z')])
    expect(loads.map((one) => [one.recordedAt, one.figures.map((figure) => [figure.key, figure.schools, figure.sum])])).toEqual([['2026-09-02T00:10:00Z', [['students', 6, 1800], ['classes', 3, 900]]]])
  })

  it('name their figures in the reader\'s language, and what no release knows by its key', () => {
    const columns = [{ key: 'students', zh: '学籍在校生数', en: 'Pupils' }]
    expect([nameOfFigure('students', columns, true), nameOfFigure('students', columns, false), nameOfFigure('gone', columns, true)]).toEqual(['学籍在校生数', 'Pupils', 'gone'])
  })
})
