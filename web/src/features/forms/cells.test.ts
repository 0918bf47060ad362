import { describe, expect, it } from 'vitest'
import type { Field, Values } from '@/api/types'
import { cellText } from './cellText'
import { cellsOf, hiddenIn, isHidden, nextRowId, readCell, withoutCells, writeCell } from './cells'
import { blocksOf, countAnswers, unansweredCells } from './completion'
import { parseText } from './parse'

const name = { zh: '', en: '' }
const values: Values = { boarders: 3, classes: { g1: 2 }, titles: [{ _id: 'r1', level: 'city' }] }

describe('cells', () => {
  it('are read by address', () => {
    expect(readCell(values, 'boarders')).toBe(3)
    expect(readCell(values, 'classes/g1')).toBe(2)
    expect(readCell(values, 'titles/r1/level')).toBe('city')
    expect(readCell(values, 'titles/r9/level')).toBeNull()
  })

  it('say when their value is kept from the reader, or is gone', () => {
    const text = (value: unknown) => cellText({ key: 'x', type: 'text', name }, value as never, { t: (key) => key, tx: () => '', locale: 'zh-CN' })
    const masked: Values = { ...values, phone: { masked: true, digest: 'a' } }
    const erased: Values = { roster: [{ _id: 'r1', staff_ref: { erased: true, digest: 'b' } }] as never }
    expect([text(masked.phone), text(readCell(erased, 'roster/r1/staff_ref'))]).toEqual(['forms.masked', 'forms.erased'])
    expect([hiddenIn(values), hiddenIn(masked), hiddenIn(erased)]).toEqual([null, 'masked', 'erased'])
    expect([isHidden(values.classes), isHidden(null), isHidden('masked')]).toEqual([false, false, false])
  })

  it('are written without touching the others', () => {
    const next = writeCell(writeCell(values, 'classes/g2', 5), 'titles/r1/name', 'x')
    expect(next.classes).toEqual({ g1: 2, g2: 5 })
    expect(next.titles).toEqual([{ _id: 'r1', level: 'city', name: 'x' }])
    expect(values.classes).toEqual({ g1: 2 })
  })

  it('disappear with null', () => {
    expect(writeCell(values, 'classes/g1', null).classes).toEqual({})
    expect(writeCell(values, 'titles/r1', null).titles).toEqual([])
    expect('boarders' in writeCell(values, 'boarders', null)).toBe(false)
  })

  it('make a row with an object, and a matrix with a value', () => {
    expect(writeCell({}, 'titles/r1', {}).titles).toEqual([{ _id: 'r1' }])
    expect(writeCell({}, 'titles/r1/level', 'city').titles).toEqual([{ _id: 'r1', level: 'city' }])
    expect(writeCell({}, 'classes/g1', 2).classes).toEqual({ g1: 2 })
    expect(writeCell({}, 'task_groups/g1', ['cooking']).task_groups).toEqual({ g1: ['cooking'] })
  })

  it('lose their marks with their row', () => {
    const marks = new Map([['titles/r1/level', 'x'], ['titles/r10/level', 'y'], ['classes/g1', 'z']])
    expect([...withoutCells(marks, ['titles/r1']).keys()]).toEqual(['titles/r10/level', 'classes/g1'])
    expect([...withoutCells(marks, ['classes/g1']).keys()]).toEqual(['titles/r1/level', 'titles/r10/level'])
    expect(withoutCells(marks, ['boarders'])).toBe(marks)
  })

  it('give new rows an id nobody has', () => expect(nextRowId({ titles: [{ _id: 'r2' }, { _id: 'r7' }] }, 'titles')).toBe('r8'))
})

describe('completion', () => {
  const classes: Field = { key: 'classes', name, type: 'integer', per: 'grade', required: true, grades: ['g1', 'g2'] }
  const boarders: Field = { key: 'boarders', name, type: 'integer' }
  const titles: Field = { key: 'titles', name, type: 'rows', columns: [{ key: 'level', name, type: 'text', required: true }] }

  it('asks only for grades the school has and the field wants', () => expect(cellsOf(classes, ['g1', 'g3'])).toEqual(['classes/g1']))
  it('counts required cells', () => expect(countAnswers([classes, boarders], values, ['g1', 'g2'])).toEqual({ answered: 1, asked: 2, missing: ['classes/g2'] }))
  it('finds required cells of rows', () => expect(unansweredCells([titles], { titles: [{ _id: 'r1' }] }, [])).toEqual(['titles/r1/level']))
  it('draws neighbouring grade fields as one matrix', () => {
    const kinds = blocksOf([classes, { ...classes, key: 'students' }, boarders, titles, { ...classes, type: 'choices' }]).map((block) => block.kind)
    expect(kinds).toEqual(['matrix', 'field', 'rows', 'gradeChoices'])
  })
})

describe('typed text', () => {
  const number: Field = { key: 'n', name, type: 'decimal' }
  it('is a number with separators or full-width digits', () => {
    expect(parseText(number, '1,234.5')).toEqual({ ok: true, value: 1234.5 })
    expect(parseText(number, '１２')).toEqual({ ok: true, value: 12 })
  })
  it('is no number with a unit or two points', () => {
    expect(parseText(number, '12 人').ok).toBe(false)
    expect(parseText(number, '1.2.3').ok).toBe(false)
  })
  it('is yes or no in both languages', () => {
    const field: Field = { key: 'b', name, type: 'boolean' }
    expect(parseText(field, '是')).toEqual({ ok: true, value: true })
    expect(parseText(field, 'No')).toEqual({ ok: true, value: false })
  })
  it('is a day that exists', () => {
    const field: Field = { key: 'd', name, type: 'date' }
    expect(parseText(field, '2026年9月1日')).toEqual({ ok: true, value: '2026-09-01' })
    expect(parseText(field, '2026-02-30').ok).toBe(false)
  })
  it('is an option by its key or its name', () => {
    const field: Field = { key: 'c', name, type: 'choice', options: [{ key: 'city', name: { zh: '市级', en: 'City' } }] }
    expect(parseText(field, '市级')).toEqual({ ok: true, value: 'city' })
    expect(parseText(field, 'moon').ok).toBe(false)
  })
  it('is nothing when empty', () => expect(parseText(number, '  ')).toEqual({ ok: true, value: null }))
})
