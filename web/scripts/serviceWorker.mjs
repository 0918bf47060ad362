import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/** Pages of offices, their charts and their texts: kept once somebody has been there, not fetched ahead to every school's phone. */
const schools = /\/features\/(forms|school|keeping|home)\//
const offices = /\/features\/(review|dashboards|cycles|people|organisations|audit|check|deadline|board|unlocking|masters|samples|dispatches)\/|virtual:texts\/.*\/others$/

const isOffice = (modules) => modules.some((id) => offices.test(id)) && !modules.some((id) => schools.test(id))

/** The app as far as a school goes: what the first page needs and every page it leads to, with their styles. */
export function schoolParts(bundle) {
  const found = new Set()
  const take = (name) => {
    const chunk = bundle[name]
    if (found.has(name) || chunk?.type !== 'chunk' || isOffice(chunk.moduleIds)) return
    found.add(name)
    chunk.viteMetadata?.importedCss?.forEach((css) => found.add(css))
    chunk.imports.forEach(take)
    chunk.dynamicImports.forEach(take)
  }
  Object.values(bundle).forEach((chunk) => chunk.isEntry && take(chunk.fileName))
  return [...found].sort()
}

/** Writes dist/sw.js: the worker with the names of everything a school's pages need, and a version made of them. */
export function serviceWorker() {
  return {
    name: 'gengdu-service-worker',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      const wanted = schoolParts(bundle)
      const parts = ['/index.html', '/sprout.svg', '/favicon.ico', ...wanted.map((name) => `/${name}`)]
      const hash = createHash('sha256').update(String(bundle['index.html']?.source))
      for (const name of wanted) hash.update(name)
      const worker = await readFile(new URL('../src/worker/sw.js', import.meta.url), 'utf8')
      // The worker's own words belong to the version too.
      const version = hash.update(worker).digest('hex').slice(0, 12)
      const source = worker.replace('__VERSION__', version).replace('__PARTS__', JSON.stringify(parts))
      this.emitFile({ type: 'asset', fileName: 'sw.js', source })
    },
  }
}
