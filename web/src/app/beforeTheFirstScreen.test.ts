import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chunkOf } from '../../scripts/chunks.mjs'

/** Everything that is fetched and run before these are drawn: what they import, and what that imports. What is imported later is not. */
function closure(entries: string[]) {
  const found = new Set<string>()
  const follow = (path: string) => {
    const file = [path, `${path}.ts`, `${path}/index.ts`].find((one) => /\.(ts|vue)$/.test(one) && existsSync(one))
    if (!file || found.has(file)) return
    found.add(file)
    for (const [statement, from] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s(?:[^'\n]*\sfrom\s+)?'([@.][^']+)'/gm)) {
      if (!/^(?:import|export) type /.test(statement)) follow(from!.startsWith('@/') ? join('src', from!.slice(2)) : normalize(join(dirname(file), from!)))
    }
  }
  entries.forEach((entry) => follow(join('src', entry)))
  return [...found]
}

describe('before the first screen of a school', () => {
  const app = closure(['app/main.ts'])
  const form = closure(['app/main.ts', 'features/forms/ModuleFormPage.vue'])

  it('is the app itself and the page', () => {
    expect(app).toContain('src/app/AppHeader.vue')
    expect(form).toContain('src/features/forms/CellInput.vue')
  })

  it('the app brings no page and nothing that is kept on the device', () => {
    const brought = app.filter((file) => /features\//.test(file))
    expect(brought).toEqual([
      'src/features/keeping/later.ts', 'src/features/notices/NoticeBadge.vue', 'src/features/notices/useUnread.ts',
    ])
  })

  it('the form brings no queue, no rules, no store, no print, nothing of what stands around the cells', () => {
    const late = /keeping\/(?:inFull|outbox|shelf|unsent|unfit|database|ownRecord|copies|carry)\.ts|forms\/(?:autosave|autosaveStore|engine)|Print|forms\/(?:beside|CompletionBar|CellDetails|IssuesPanel)|ui\/(?:dialog|drawer)\.ts/
    expect(form.filter((file) => late.test(file))).toEqual([])
  })

  it('none of it lies in a file that comes later, nor in one that nobody named', () => {
    const of = (files: string[]) => files.filter((file) => !file.endsWith('.css')).map((file) => `${chunkOf(`/${file}`)} ${file}`)
    expect(of(app).filter((one) => !one.startsWith('app '))).toEqual([])
    expect(of(form).filter((one) => !/^(app|form) /.test(one))).toEqual([])
  })

  it('no language is learned from the browser: the first time takes longer than to draw the page', () => {
    const learning = (files: string[]) => files.filter((file) => /\bIntl\.|\.localeCompare\(|\.toLocale\w*String\(/.test(readFileSync(file, 'utf8')))
    expect(learning(closure(['app/main.ts', 'features/forms/ModuleFormPage.vue', 'features/home/HomePage.vue', 'features/school/FillPage.vue',
      'features/dashboards/DashboardPage.vue', 'features/dashboards/ProvinceDashboard.vue', 'features/dashboards/NodeDashboard.vue', 'features/dashboards/SchoolDashboard.vue']))).toEqual([])
  })

  it('the app says that it runs by the name the page waits for', () => {
    const [, waited] = /addEventListener\('([\w-]+)'/.exec(readFileSync('src/app/early.ts', 'utf8')) ?? []
    expect(readFileSync('src/app/main.ts', 'utf8')).toContain(`new Event('${waited}')`)
  })
})
