import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createI18n } from 'vue-i18n'
import { describe, expect, it } from 'vitest'
import type { AuditItem } from '@/api/types'
import en from '../../../locales/en.json'
import zh from '../../../locales/zh-CN.json'
import { daysToMoments, detailsOf, facts, knownActs, sentence } from './sentences'

const words = (locale: 'zh-CN' | 'en') => {
  const { t, te } = createI18n({ legacy: false, locale, messages: { 'zh-CN': zh, en } }).global
  return { t: (key: string, values?: Record<string, unknown>) => t(key, values ?? {}), te: (key: string) => te(key) }
}
const item = (part: Partial<AuditItem>) => ({ seq: 1, at: '2026-11-22T10:00:00Z', act: 'module-report.submitted', outcome: 'done', objectKind: 'module-report', ...part }) as AuditItem

describe('an entry in plain words', () => {
  it('is said in both languages', () => {
    expect(sentence(item({}), words('zh-CN'))).toBe('提交了模块填报')
    expect(sentence(item({}), words('en'))).toBe('submitted a module report')
  })
  it('says what was seen, how many, and whether it was a draft', () => {
    expect(sentence(item({ outcome: 'saw', act: 'module-report.seen', filter: '{"draft":true}' }), words('zh-CN'))).toBe('查看了模块填报 （草稿内容）')
    expect(sentence(item({ outcome: 'saw', act: 'person.seen', objectKind: 'person', rows: 17 }), words('en'))).toBe('looked at people (17 rows)')
  })
  it('says what was denied and what failed', () => {
    expect(sentence(item({ outcome: 'denied', act: 'request.denied', details: '{"method":"GET","route":"/api/x","status":404}' }), words('en'))).toBe('was refused: GET /api/x (404)')
    expect(sentence(item({ outcome: 'failed' }), words('en'))).toContain('in vain')
  })
  it('names an act it has no words for, and survives details it cannot read', () => {
    expect(sentence(item({ act: 'moon.landed' }), words('en'))).toContain('moon.landed')
    expect([detailsOf('{'), detailsOf('[1]'), detailsOf(null)]).toEqual([{}, {}, {}])
    expect(facts(item({ details: '{"role":"reporter","status":1,"ids":["a"]}' }))).toEqual([['role', 'reporter'], ['ids', '["a"]']])
  })
  it('has words for every act the filter offers and every act the services write', () => {
    const { te } = createI18n({ legacy: false, locale: 'zh-CN', messages: { 'zh-CN': zh, en } }).global
    const written = sources(join(process.cwd(), '..', 'services'))
      .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/AuditAct\.(?:Of|By)\([^"\n]*"([a-z-]+\.[a-z-]+)"/g)].map((one) => one[1]!))
    expect(written.length).toBeGreaterThan(5)
    for (const act of new Set([...written, ...knownActs])) for (const locale of ['zh-CN', 'en'] as const) expect(te(`audit.did.${act}`, locale), `${act} in ${locale}`).toBe(true)
  })
})

describe('days of the filter', () => {
  it('are the province\'s, and the last one is included', () => {
    expect(daysToMoments('2026-11-22', '2026-11-22')).toEqual({ from: '2026-11-21T16:00:00.000Z', to: '2026-11-22T16:00:00.000Z' })
    expect(daysToMoments('', '')).toEqual({})
  })
})

const sources = (folder: string): string[] => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
  const path = join(folder, entry.name)
  return entry.isDirectory() ? (['bin', 'obj', 'Migrations'].includes(entry.name) ? [] : sources(path)) : entry.name.endsWith('.cs') ? [path] : []
})
