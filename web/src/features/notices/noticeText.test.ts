import { describe, expect, it } from 'vitest'
import { noticeKinds, noticeWords } from './noticeText'

const args = { moduleZh: '课程', moduleEn: 'Curriculum', organisationZh: '长安区第一小学', organisationEn: 'Changan Primary', levelZh: '县级', levelEn: 'county', dueAt: '2026-09-20T10:00:00Z' }

describe('a notice', () => {
  it('is told in the language of the reader, with times of the province', () => {
    expect(noticeWords({ kind: 'module-returned', args }, 'zh-CN')?.text).toMatch(/^长安区第一小学的填报“课程”被县级退回，.*期限 2026\/09\/20 18:00。$/)
    expect(noticeWords({ kind: 'module-returned', args }, 'en')?.title).toBe('Returned for correction: Curriculum')
  })

  it('leaves out what is not known', () => {
    const rest: Record<string, string> = { ...args }
    delete rest.dueAt
    expect(noticeWords({ kind: 'module-returned', args: rest }, 'zh-CN')?.text).toBe('长安区第一小学的填报“课程”被县级退回，请按退回原因修改后重新上报。')
  })

  it('of a kind this page does not know has no words', () => expect(noticeWords({ kind: 'of-next-year', args }, 'en')).toBeNull())

  it('has the same holes in both languages', () => {
    const holes = (words: { title: string; text: string }) => [...new Set([...`${words.title}${words.text}`.matchAll(/\{(\w+)\}/g)].map((one) => one[1]))].sort()
    for (const [kind, words] of Object.entries(noticeKinds)) {
      expect(holes(words.en), kind).toEqual(holes(words.zh))
      expect(/[\u4e00-\u9fff]/.test(words.en.title + words.en.text), kind).toBe(false)
    }
  })

  it('keeps what somebody else may have named as text', () => {
    const hostile = { ...args, organisationZh: '<img src=x onerror=alert(1)>{dueAt}[x]' }
    expect(noticeWords({ kind: 'modules-accepted', args: hostile }, 'zh-CN')?.text).toContain('<img src=x onerror=alert(1)>{dueAt}[x]')
  })
})
