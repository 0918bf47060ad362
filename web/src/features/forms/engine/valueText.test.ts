import { expect, it } from 'vitest'
import { valueText } from './valueText'

it.each<[unknown, string]>([
  [1, '1'], [1.5, '1.5'], [1.005, '1'], [2.675, '2.68'], [0.125, '0.13'], [-0.125, '-0.13'], [-0.001, '0'], [1234567.891, '1234567.89'],
  [1e15, '1000000000000000'], [1e21, '1000000000000000000000'], [NaN, '–'], [Infinity, '–'], [null, '–'], ['abc', 'abc'], [true, 'yes'],
  [['a', 2], 'a, 2'], [[], '–'], [{}, '–'],
])('%s is shown as %s', (value, wanted) => expect(valueText(value).en).toBe(wanted))
