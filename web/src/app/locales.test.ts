import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createI18n } from 'vue-i18n'
import { describe, expect, it } from 'vitest'
import en from '../../locales/en.json'
import zh from '../../locales/zh-CN.json'

type Tree = { [key: string]: string | Tree }
const flatten = (tree: Tree, before = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[before + key, value] as [string, string]] : flatten(value, `${before}${key}.`)))
const [chinese, english] = [new Map(flatten(zh)), new Map(flatten(en))]
// English has a form for one and a form for many, which may fill different holes: the many are what Chinese says.
const holes = (text: string) => [...text.split(' | ').at(-1)!.matchAll(/\{(\w+)\}/g)].map((one) => one[1]).sort()

const sources = (folder: string): string[] => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
  const path = join(folder, entry.name)
  return entry.isDirectory() ? sources(path) : /\.(vue|ts)$/.test(entry.name) && !entry.name.endsWith('.test.ts') ? [path] : []
})

describe('the two languages', () => {
  it('have the same texts', () => expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort()))

  it('say each text once: of two with one name the first would be lost without a word', () => {
    const names = (tree: Tree): number => Object.values(tree).reduce((sum, value) => sum + 1 + (typeof value === 'string' ? 0 : names(value)), 0)
    for (const [file, tree] of [['en', en], ['zh-CN', zh]] as [string, Tree][]) {
      const lines = readFileSync(join(process.cwd(), 'locales', `${file}.json`), 'utf8').match(/^\s*"(?:[^"\\]|\\.)+":/gm) ?? []
      expect(lines.length, file).toBe(names(tree))
    }
  })

  it('have the same holes in each text', () => {
    for (const [key, text] of chinese) expect(holes(english.get(key) ?? ''), key).toEqual(holes(text))
  })

  it('say one and many where a count decides', () => {
    const { t } = createI18n({ legacy: false, locale: 'en', messages: { en } }).global
    expect([t('forms.todo.errors', { count: 1 }), t('forms.todo.errors', { count: 2 }), t('forms.todo.errors', { count: 0 })]).toEqual(['1 error', '2 errors', '0 errors'])
  })

  it('are neither empty nor left in the other language', () => {
    for (const [key, text] of english) expect(/[\u4e00-\u9fff]/.test(text) || text.trim() === '', key).toBe(false)
    for (const [key, text] of chinese) expect(text.trim(), key).not.toBe('')
  })

  it('have every text the pages ask for', () => {
    const asked = sources(join(process.cwd(), 'src')).flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/\bt\('([\w.-]+)'/g)].map((one) => one[1]!))
    expect(asked.length).toBeGreaterThan(200)
    expect(asked.filter((key) => !chinese.has(key))).toEqual([])
  })
})
