import { describe, expect, it } from 'vitest'
import { labelIn } from './labels'

describe('a name in its tile', () => {
  it('stays whole and as large as meant where it fits', () => {
    expect(labelIn(98, '石家庄', 19)).toEqual({ lines: ['石家庄'], size: 19 })
    expect(labelIn(98, 'Baoding', 19)).toEqual({ lines: ['Baoding'], size: 19 })
  })
  it.each([['Zhangjiakou', ['Zhang-', 'jiakou']], ['Shijiazhuang', ['Shijia-', 'zhuang']], ['Qinhuangdao', ['Qin-', 'huangdao']]])('parts %s between syllables', (name, lines) => {
    const label = labelIn(92, name, 19)
    expect(label.lines).toEqual(lines)
    expect(label.size).toBeGreaterThan(14)
  })
  it('never runs over its tile, and loses no letter', () => {
    for (const name of ['Yingshouyingzi', 'Weichang', "Xiong'an", 'Beidaihe', 'New', '张北']) {
      const { lines, size } = labelIn(37, name, 12.5)
      expect(lines.join('').replace('-', '')).toBe(name)
      for (const line of lines) expect([...line].length * size * (line === '张北' ? 1 : 0.64)).toBeLessThanOrEqual(37.01)
    }
  })
})
