import { describe, expect, it } from 'vitest'
import type { Field, ModuleDefinition } from '@/api/types'
import { drawnKeys, firstOf, layoutOf, stepsOf } from './layout'

const text = (zh: string, en: string) => ({ zh, en })
const field = (key: string, zh: string, en: string, more: Partial<Field> = {}): Field => ({ key, name: text(zh, en), type: 'integer', ...more })
const rooms = field('rooms', '劳动专用教室', 'Labour rooms', { number: '5.02' })
const bases = field('bases', '校外基地', 'Bases', { type: 'rows', columns: [field('km', '距离', 'Distance')] })
const credits = field('credits', '高中劳动学分', 'Credits', { per: 'grade', grades: ['g10'] })
const definition = {
  sections: [{ key: 'places', name: text('场所', 'Places'), fields: ['rooms', 'bases'] }, { key: 'senior', name: text('高中', 'Senior'), fields: ['credits'] }],
  fields: [rooms, bases, credits],
} as unknown as ModuleDefinition
const all = new Set(['rooms', 'bases', 'credits'])
const found = (words: string) => layoutOf(definition, all, words).flatMap((section) => section.drawn.map((one) => one.key))

describe('the form', () => {
  it('leaves out what the school is not asked, unless it has a value to clear', () => {
    expect(drawnKeys(definition.fields, {}, ['g1'], () => true)).toEqual(['rooms', 'bases'])
    expect(drawnKeys(definition.fields, { credits: { g10: 3 } }, ['g1'], () => false)).toEqual(['credits'])
  })

  it('drops sections without a field', () => expect(layoutOf(definition, new Set(['rooms'])).map((section) => section.key)).toEqual(['places']))
})

describe('the filter', () => {
  it.each([['教室', ['rooms']], ['5.02', ['rooms']], ['labour', ['rooms']], ['距离', ['bases']], ['场所', ['rooms', 'bases']], ['  ', ['rooms', 'bases', 'credits']], ['nothing', []], ['labour rooms', ['rooms']]])(
    '"%s" finds the fields meant', (words, keys) => expect(found(words)).toEqual(keys))
})

describe('drawing a form step by step', () => {
  const fields = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => field(key, key, key, key === 'd' ? {} : { per: 'grade' }))
  const long = { sections: [{ key: 'one', name: text('一', 'One'), fields: ['a', 'b', 'c', 'd', 'e'] }, { key: 'two', name: text('二', 'Two'), fields: ['f'] }], fields } as unknown as ModuleDefinition
  const whole = layoutOf(long, new Set(fields.map(({ key }) => key)))
  const five = () => 5
  const keysOf = (count: number) => firstOf(whole, count).map(({ blocks }) => blocks.map((block) => (block.kind === 'matrix' ? block.fields.map(({ key }) => key).join('') : block.kind === 'field' ? block.field.key : '?')))

  it('begins with a screenful, goes on to the end of its section and then from section to section', () => {
    expect(stepsOf(whole, five)).toEqual([3, 5, 6])
    expect([...stepsOf(whole, five), Infinity].map(keysOf)).toEqual([[['abc']], [['abc', 'd', 'e']], [['abc', 'd', 'e'], ['f']], [['abc', 'd', 'e'], ['f']]])
  })

  it('counts what is asked of a section as if all of it were drawn, and draws nothing again that is whole', () => {
    expect(firstOf(whole, 2)[0]!.drawn).toHaveLength(5)
    expect(firstOf(whole, 5)[0]).toBe(whole[0])
  })

  it('begins with the whole first section where that is less, and with one field that is more', () => {
    expect(stepsOf(whole, () => 2)).toEqual([5, 6])
    expect(stepsOf(whole, () => Infinity)).toEqual([1, 5, 6])
    expect(stepsOf([], five)).toEqual([])
  })
})
