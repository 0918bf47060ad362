import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import zh from '../../locales/zh-CN.json'
import { schoolTexts } from '../../scripts/texts.mjs'

// What a school's pages say must come with the app. Pages are followed through what they import; routes to other pages are not.
const pages = ['app/App.vue', 'app/main.ts', 'features/school/FillPage.vue', 'features/school/ReportPage.vue', 'features/school/SignPage.vue', 'features/school/ReceiptsPage.vue',
  'features/school/SchoolsPage.vue', 'features/forms/ModuleFormPage.vue', 'features/forms/PrintPage.vue', 'features/keeping/WaitingPage.vue', 'features/keeping/inFull.ts', 'features/forms/beside.ts']
// Said only where a reviewer looks at the same form, or who has more than eight desks, or opens a history; they come when they are asked for.
const elsewhere = new Set(['review.pickCell', 'review.addReason', 'review.search', 'review.history', 'review.revisionShort', 'review.schoolSays'])

function closure(entries: string[]) {
  const found = new Set<string>()
  const follow = (path: string) => {
    const file = [path, `${path}.ts`, `${path}/index.ts`].find((one) => /\.(ts|vue)$/.test(one) && existsSync(one))
    if (!file || found.has(file)) return
    found.add(file)
    for (const [, from] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s+'([@.][^']+)'/g)) {
      follow(from!.startsWith('@/') ? join('src', from!.slice(2)) : normalize(join(dirname(file), from!)))
    }
  }
  entries.forEach((entry) => follow(join('src', entry)))
  return [...found]
}

describe('the texts that come with the app', () => {
  it('are all that a school’s pages say', () => {
    const said = closure(pages).flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bt\([`']([\w-]+)(\.[\w.-]*)/g)].map(([, word, rest]) => ({ file, word: word!, key: word! + rest! })))
    expect(said.length).toBeGreaterThan(150)
    expect(said.filter(({ word, key }) => !schoolTexts.includes(word) && !elsewhere.has(key))).toEqual([])
  })

  it('are there', () => expect(schoolTexts.filter((word) => !(word in zh))).toEqual([]))
})
