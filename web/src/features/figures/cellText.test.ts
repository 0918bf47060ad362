import { expect, it } from 'vitest'
import { asText } from './cellText'

const say = (value: unknown) => asText(value, (number) => String(number), { yes: 'yes', no: 'no' })

it('says values as people read them', () => {
  expect([3, true, false, null, '', 'rural'].map(say)).toEqual(['3', 'yes', 'no', '–', '–', 'rural'])
  expect(say([1, null, 2.5])).toBe('[1, –, 2.5]')
  expect(say([{ _id: 'a', area: 60, safe: true }])).toBe('[area: 60, safe: yes]')
})
