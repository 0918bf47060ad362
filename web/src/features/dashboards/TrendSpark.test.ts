import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import TrendSpark from './TrendSpark.vue'

const path = (values: (number | null)[]) => mount(TrendSpark, { props: { values, label: '走势' } }).find('path').attributes('d')

describe('a line of the height of a line', () => {
  it('rises where the number rises, and ends in a dot', () => {
    const line = mount(TrendSpark, { props: { values: [1, 2], label: '走势' } })
    expect(line.get('path').attributes('d')).toBe('M3.0 15.0L61.0 3.0')
    expect([line.get('circle').attributes('cx'), line.get('svg').attributes('aria-label')]).toEqual(['61', '走势'])
  })
  it('leaves a gap where nothing was reported', () => expect(path([1, null, 3, 2])!.match(/M/g)).toHaveLength(2))
  it('is flat for the same number, and nothing for none', () => {
    expect(path([5, 5])).toBe('M3.0 9.0L61.0 9.0')
    const none = mount(TrendSpark, { props: { values: [null, null], label: '走势' } })
    expect([none.find('svg').exists(), none.text()]).toEqual([false, '–'])
  })
})
