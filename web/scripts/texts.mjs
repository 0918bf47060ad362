import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/**
 * The texts a school's pages say, by their first word. They come with the app; the others follow with the pages that say them, so that a
 * school on a slow line does not wait for words it never reads. `src/app/texts.test.ts` fails when a school's page says another.
 */
export const schoolTexts = [
  'product', 'shell', 'nav', 'nowhere', 'ui', 'what', 'when', 'due', 'left', 'by', 'level', 'role', 'state', 'severity', 'problem', 'session', 'save',
  'forms', 'keeping', 'home', 'school', 'schools', 'sign', 'receipts', 'returnCode', 'versions', 'fillIns', 'delegations', 'notices', 'unlocking', 'held', 'ack', 'talk',
]

const virtual = /^virtual:texts\/(zh-CN|en)\/(school|others)$/

/** `virtual:texts/<language>/school` and `…/others`: the two halves of a language. */
export function texts() {
  return {
    name: 'gengdu-texts',
    resolveId: (id) => (virtual.test(id) ? `\0${id}` : undefined),
    async load(id) {
      const [, language, part] = virtual.exec(id.slice(1)) ?? []
      if (!id.startsWith('\0') || !language) return undefined
      const file = fileURLToPath(new URL(`../locales/${language}.json`, import.meta.url))
      this.addWatchFile?.(file)
      const all = Object.entries(JSON.parse(await readFile(file, 'utf8')))
      return `export default ${JSON.stringify(Object.fromEntries(all.filter(([key]) => schoolTexts.includes(key) === (part === 'school'))))}`
    },
  }
}
