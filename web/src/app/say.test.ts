import { createI18n } from 'vue-i18n'
import { describe, expect, it } from 'vitest'
import en from '../../locales/en.json'
import zh from '../../locales/zh-CN.json'
import { say, textAt, type Words } from './say'

const referee = createI18n({ legacy: false, locale: 'zh-CN', messages: { 'zh-CN': zh, en } }).global
const keysOf = (words: Words, before = ''): string[] => Object.entries(words).flatMap(([key, value]) => (typeof value === 'string' ? [before + key] : keysOf(value, `${before}${key}.`)))
const holesOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)

describe('saying a text', () => {
  it('says every text of both languages as vue-i18n does, however many there are', () => {
    for (const [locale, words] of [['zh-CN', zh], ['en', en]] as const) {
      const keys = keysOf(words)
      expect(keys.length).toBeGreaterThan(1_000)
      for (const key of keys) {
        const text = textAt(words, key)!
        const counts = text.includes('|') ? [0, 1, 2, 0.5, -1, '1', undefined] : [2]
        for (const count of counts) for (const number of typeof count === 'number' ? [undefined] : [undefined, 0, 1, 2]) {
          const values = () => ({ ...Object.fromEntries(holesOf(text).map((name) => [name, `<${name}> {x} | $&`])), ...(count !== undefined && { count }) })
          expect(say(text, values(), number), `${locale} ${key} ${count} ${number}`).toBe(referee.t(key, values(), { locale, ...(number !== undefined && { plural: number }) }))
        }
      }
    }
  }, 60_000)

  it('leaves a hole empty that nothing fills', () => expect(say('a{b}c{d}', { d: null })).toBe('ac'))

  it('finds no text where there is none', () => {
    expect(['nav.home', 'nav', 'nav.home.x', 'moon.landed', 'constructor.name', ''].map((key) => textAt(zh, key))).toEqual([zh.nav.home, ...Array<undefined>(5)])
  })
})
