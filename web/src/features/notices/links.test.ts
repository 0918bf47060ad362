import { describe, expect, it } from 'vitest'
import { router } from '@/app/router'
import { heldStates } from '@/features/board/board'
import { noticeKinds } from './noticeText'
import en from '../../../locales/en.json'
import zh from '../../../locales/zh-CN.json'

/** What stands for each hole of a link, as the services fill it. */
const id = '0199a8e0-0000-7000-8000-000000000001'
const samples: Record<string, string> = { report: id, module: 'curriculum', cycle: id, organisation: id, sample: id, step: 'county', state: 'county-review', talk: '1', view: id }

/** What each page looks for behind the question mark. */
const asked: Record<string, string[]> = {
  module: ['talk'], 'review-report': ['module', 'talk'], review: ['cycle', 'step'], board: ['cycle', 'state'], counties: ['cycle'], 'unlock-requests': ['cycle'], 'deadline-requests': ['cycle'], explore: ['view'],
}

const links = Object.entries(noticeKinds).flatMap(([kind, { links }]) => links.map((link) => [kind, link] as const))

describe('the link of a notice', () => {
  it('there is at least one of each kind', () => expect(Object.entries(noticeKinds).filter(([, { links }]) => !links?.length).map(([kind]) => kind)).toEqual([]))

  it.each(links)('of %s, %s, is a page that opens', async (_, link) => {
    const filled = link.replace(/\{(\w+)\}/g, (_, name: string) => samples[name] ?? expect.fail(`nothing stands for {${name}}`))
    const to = router.resolve(filled)
    expect(to.name).not.toBe('nowhere')
    // A folder of the path that became a name, "/review/counties" as the report "counties", is no page either.
    for (const value of Object.values(to.params)) expect(Object.values(samples)).toContain(value)
    for (const key of Object.keys(to.query)) expect(asked[String(to.name)], `${String(to.name)} asks for ${key}`).toContain(key)
    const load = to.matched[0]!.components!.default as () => Promise<{ default: unknown }>
    expect((await load()).default).toBeTruthy()
    // The first one translates the whole page; on a slow machine that takes a while.
  }, 60_000)

  it('stands under a name of its kind in the list of what was given up', () => {
    for (const words of [zh, en]) expect(Object.keys(words.deliveries.kind)).toEqual(expect.arrayContaining(Object.keys(noticeKinds)))
  })

  it('names a state that the board knows', () => expect(heldStates).toContain(samples.state))
})
