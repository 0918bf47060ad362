/**
 * Runs in the page itself before anything else is there, and asks for what the address needs: who is signed in, the report, the module with
 * its form, the files of that page. By the time the app runs, most of it has come. What fails here is asked for again by the app, which
 * alone knows what to say about it (`earlyAnswers.ts`). Nearly no imports: every byte of this is in front of the first one of the page.
 */
import { lastBoard } from './lastBoard'

declare const __PARTS__: Record<'module' | 'report' | 'fill' | 'home' | 'province' | 'node' | 'school' | 'zh-CN' | 'en', string[]>

type Early = Record<string, Promise<Response>>
type Opened = { report: unknown; moduleReport: { id: string; version: number; programmeKey: string; programmeVersion: string }; form: unknown }

const [, fill, reportId, , moduleKey, more] = location.pathname.match(/^\/(fill)(?:\/([\w-]+)(\/modules\/([\w-]+))?)?(\/.*)?$/) ?? []
const person = document.cookie.match(/(?:^|; ?)(?:__Host-)?gengdu-person=([\w-]+)/)?.[1]
// The one chart as this person saw it last, at the same place and cycle: all of it can be asked for by name.
const seen = lastBoard(person)
const board = seen && [seen.cycleId, null].includes(new URLSearchParams(location.search).get('cycle')) && ['/dashboard', `/dashboard/${seen.organisationId}`].includes(location.pathname) ? seen : null
const page = board ? board.kind : location.pathname === '/' ? 'home' : !fill || more ? null : moduleKey ? 'module' : reportId ? 'report' : 'fill'

if (page) {
  // The line belongs to the app first: what it cannot draw yet is asked for when its own bytes are nearly through, or when it runs, which on a
  // quick line is sooner.
  const nearly = new Promise<void>((go) => {
    setTimeout(go, 350)
    addEventListener('gengdu-runs', () => go(), { once: true })
  })
  const early = ask(nearly)
  // What nobody comes for must not be reported as an error nobody caught.
  for (const one of Object.values(early)) one.catch(() => undefined)
  // The app draws the head of the page while the page's own file comes. On a quick line the app is here before this and asks for that file
  // itself; on a slow one it comes right behind the app.
  const files = [...__PARTS__[page], ...(board ? __PARTS__[localStorage.getItem('gengdu.locale') === 'en' ? 'en' : 'zh-CN'] : [])]
  // What was here before lies in the browser's cache, and is read while the app is.
  setTimeout(() => fetchParts(files), board ? 0 : 450)
}

function fetchParts(files: string[]) {
  for (const file of files.filter((one) => !document.querySelector(`link[href="${one}"]`))) {
    const link = document.createElement('link')
    if (file.endsWith('.css')) Object.assign(link, { rel: 'preload', as: 'style' })
    else link.rel = 'modulepreload'
    link.crossOrigin = ''
    link.href = file
    document.head.append(link)
  }
}

function ask(nearly: Promise<void>) {
  const early: Early = ((window as { gengduEarly?: Early }).gengduEarly = {})
  const get = async (address: string, headers = {}) => {
    const one = await fetch(address, { headers: { Accept: 'application/json, application/problem+json', ...headers } })
    return one.ok ? part(await one.json(), one.headers.get('ETag')) : one
  }
  const session = (early['/bff/session'] = get('/bff/session'))
  if (!person) return early
  // The gateway answers in this person's name or not at all; and nobody else may turn out to be signed in.
  const same = session.then((one) => one.json() as Promise<{ personId?: string }>).then((one) => one.personId === person).catch(() => false)
  const own = (address: string) => get(address, { 'X-Gengdu-Person': person }).then(async (one) => (one.ok && (await same) ? one : Response.error()))
  early['/api/identity/me'] = own('/api/identity/me')
  if (board) {
    const { organisationId, cycleId, kind, programmeKey, programmeVersion } = board
    for (const address of [
      '/api/reporting/cycles?pageSize=100', `/api/analytics/dashboards/${kind === 'school' ? 'schools' : 'nodes'}/${organisationId}?cycleId=${cycleId}`,
      `/api/reporting/programmes/${programmeKey}/versions/${programmeVersion}`, '/api/analytics/maps/in-force',
    ]) early[address] = own(address)
  }
  if (!reportId) return early
  const report = `/api/reporting/reports/${reportId}`
  if (!moduleKey) early[report] = own(report)
  else early[report] = nearly.then(() => own(`${report}/modules/${moduleKey}`)).then(async (one) => {
    if (!one.ok) return one
    const { report, moduleReport, form } = (await one.json()) as Opened
    early[`/api/reporting/module-reports/${moduleReport.id}`] = Promise.resolve(part(moduleReport, `"v${moduleReport.version}"`))
    early[`/api/reporting/programmes/${moduleReport.programmeKey}/versions/${moduleReport.programmeVersion}?module=${moduleKey}`] = Promise.resolve(part(form))
    return part(report)
  })
  return early
}

/** An answer that was read as soon as it came, while the line was busy: the app takes what it says and has nothing left to wait for. */
function part(body: unknown, etag?: string | null) {
  // A length says that there is something to be read as it is.
  const headers = { 'Content-Type': 'application/json', 'Content-Length': '1', ...(etag && { ETag: etag }) }
  return Object.assign(new Response(null, { headers }), { json: () => Promise.resolve(body) })
}
