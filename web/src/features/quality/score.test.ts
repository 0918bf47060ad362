import { describe, expect, it } from 'vitest'
import en from '../../../locales/en.json'
import zh from '../../../locales/zh-CN.json'
import { lightOf, suspicions } from './score'

describe('the light of a score', () => {
  it.each([[100, 'green'], [90, 'green'], [89.9, 'amber'], [75, 'amber'], [74.9, 'red'], [0, 'red'], [null, 'none'], [undefined, 'none']] as const)('%s is %s', (score, light) =>
    expect(lightOf(score)).toBe(light))
})

describe('the words of a finding', () => {
  const numbers = { peers: ['indicator', 'value', 'against', 'count'], history: ['indicator', 'value', 'against'], copied: ['module', 'count', 'of'], copiedFrom: ['module', 'count', 'of', 'school'], repeated: ['module', 'count', 'of'], rounded: ['count', 'of'] }
  it.each([['zh', zh], ['en', en]] as const)('say all its numbers in %s', (_, texts) => {
    for (const [kind, names] of Object.entries(numbers)) {
      const said = texts.quality.finding[kind as keyof typeof numbers]
      expect([kind, [...said.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()]).toEqual([kind, [...names].sort()])
    }
    for (const kind of ['complete', 'timely', ...suspicions] as const) expect(texts.quality.counted[kind]).toMatch(/\{count\}.*\{of\}|\{of\}.*\{count\}/)
  })
})
