import { describe, expect, it } from 'vitest'
import type { Field } from '@/api/types'
import { parseText } from './parse'

const name = { zh: '', en: '' }
const area: Field = { key: 'area', name, type: 'decimal', unit: { zh: '平方米', en: 'm²' } }
const money: Field = { key: 'money', name, type: 'decimal', unit: { zh: '元', en: 'yuan' } }
const people: Field = { key: 'people', name, type: 'integer', unit: { zh: '人', en: 'persons' } }
const value = (field: Field, text: string) => {
  const parsed = parseText(field, text)
  return parsed.ok ? parsed.value : parsed.reason
}

describe('a number as people write it', () => {
  it.each([
    [area, '3亩', 2000], [area, '3 亩', 2000], [area, '１亩', 666.67], [area, '0.5公顷', 5000], [area, '60 m2', 60], [area, '60㎡', 60],
    [money, '1.1万元', 11000], [money, '1.1 万', 11000], [money, '0.07亿元', 7000000], [money, '¥1,234.50', 1234.5], [money, '１２，３４５', 12345],
    [people, '1.2万人', 12000], [people, '35人', 35], [people, '35 persons', 35], [people, '1 234', 1234], [people, '−5', -5], [people, '12.0', 12],
  ] as [Field, string, number][])('%#: "%s" is understood', (field, text, expected) => expect(value(field, text)).toBe(expected))

  it.each([
    [area, '3万元', 'unit'], [money, '3亩', 'unit'], [people, '3元', 'unit'], [people, '12.5', 'whole'], [people, '0.00015万人', 'whole'],
    [money, '1,23', 'number'], [money, '12 34', 'number'], [money, '(1,234)', 'number'], [money, '1.2E+05', 'unit'], [money, '=1+1', 'number'], [money, '—', 'number'],
    [money, '1234567890123456.7', 'precision'],
  ] as [Field, string, string][])('%#: "%s" is refused rather than guessed', (field, text, reason) => expect(value(field, text)).toBe(reason))

  it('says what was brought to the unit of the field', () => {
    expect(parseText(area, '3亩')).toEqual({ ok: true, value: 2000, converted: true })
    expect(parseText(area, '3')).toEqual({ ok: true, value: 3 })
  })
})

describe('text', () => {
  const text: Field = { key: 'text', name, type: 'text' }

  it('is kept as it is, formulas, emoji and marks of direction included', () => {
    for (const one of ['=1+1', '👩‍🌾🌾', '\u202Eabc\u202C שלום']) expect(value(text, one)).toBe(one)
  })

  it('has a longest, counted as the server counts: an emoji is two', () => {
    expect(value(text, '字'.repeat(10_000))).toHaveLength(10_000)
    expect(value(text, '🌾'.repeat(5_000))).toHaveLength(10_000)
    expect(value(text, '🌾'.repeat(5_000) + 'x')).toBe('length')
  })

  it('is refused where nothing could store it', () => {
    expect(value(text, 'a\0b')).toBe('characters')
    expect(value(text, 'a\ud83c')).toBe('characters')
  })
})

describe('several options in one cell', () => {
  const option = (key: string, zh: string) => ({ key, name: { zh, en: key } })
  const field: Field = { key: 'kinds', name, type: 'choices', options: [option('a', '教师'), option('b', '家长')] }

  it('are parted by the signs people part them with', () => {
    expect(value(field, '家长、教师')).toEqual(['a', 'b'])
    expect(value(field, 'b; a')).toEqual(['a', 'b'])
    expect(value(field, '教师、邻居')).toBe('option')
  })
})
