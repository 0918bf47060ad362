import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** Which page an address opens, and the files that draw it; and what offices' pages say, by language. */
const pages = {
  module: ['src/features/forms/ModuleFormPage.vue'],
  report: ['src/features/school/ReportPage.vue'],
  fill: ['src/features/school/FillPage.vue'],
  home: ['src/features/home/HomePage.vue'],
  province: ['src/features/dashboards/DashboardPage.vue', 'src/features/dashboards/ProvinceDashboard.vue'],
  node: ['src/features/dashboards/DashboardPage.vue', 'src/features/dashboards/NodeDashboard.vue'],
  school: ['src/features/dashboards/DashboardPage.vue', 'src/features/dashboards/SchoolDashboard.vue'],
  'zh-CN': ['zh-CN/others'],
  'en': ['en/school', 'en/others'],
}

/** Everything that chunks need before they can run, themselves first. */
export function partsOf(bundle, ...sources) {
  const found = new Set()
  const take = (name) => {
    const chunk = bundle[name]
    if (found.has(name) || !chunk) return
    found.add(name)
    chunk.imports?.forEach(take)
    chunk.viteMetadata?.importedCss?.forEach((css) => found.add(css))
  }
  for (const source of sources) {
    const first = Object.values(bundle).find((one) => one.type === 'chunk' && one.moduleIds.some((id) => id.endsWith(`/${source}`)))
    if (!first) throw new Error(`no chunk of ${source}`)
    take(first.fileName)
  }
  return [...found]
}

/**
 * Puts src/app/early.ts into the page itself, with the names of the files each page is made of: on a slow line nothing should wait for a
 * file to say which file comes next. The gateway allows exactly this script, by its hash.
 */
export function early() {
  return {
    name: 'gengdu-early',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle }) {
        const there = new Set(html.match(/assets\/[\w.-]+/g))
        const parts = Object.fromEntries(Object.entries(pages).map(([page, sources]) =>
          [page, partsOf(bundle, ...sources).filter((name) => !there.has(name)).map((name) => `/${name}`)]))
        const { outputFiles } = await build({
          entryPoints: [fileURLToPath(new URL('../src/app/early.ts', import.meta.url))], bundle: true, write: false, minify: true, format: 'iife', target: 'es2022',
          define: { __PARTS__: JSON.stringify(parts) },
        })
        return html.replace('<!-- early -->', () => `<script>${outputFiles[0].text.trim()}</script>`)
      },
    },
  }
}
