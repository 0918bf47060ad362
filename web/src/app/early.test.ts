import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { askedEarly, earlyAnswer } from '@/api/earlyAnswers'

const page = window as { gengduEarly?: Record<string, Promise<Response>> }
const opened = { report: { id: 'r' }, moduleReport: { id: 'm', version: 3, programmeKey: 'labor', programmeVersion: '2' }, form: { modules: [] } }
const asked: { address: string; person: string | undefined }[] = []
let signedIn = 'one'

async function open(path: string) {
  window.history.replaceState(null, '', path)
  vi.resetModules()
  await import('./early')
}
/** The app is there: what waited for it is asked for. */
const run = () => window.dispatchEvent(new Event('gengdu-runs'))
const ask = async (path: string) => earlyAnswer(new Request(window.location.origin + path))

describe('what a page asks for before the app is there', () => {
  beforeEach(() => {
    asked.length = 0
    signedIn = 'one'
    document.cookie = 'gengdu-person=one'
    vi.stubGlobal('__PARTS__', { module: [], report: [], fill: [], home: [] })
    vi.stubGlobal('fetch', (address: string, { headers }: { headers: Record<string, string> }) => {
      asked.push({ address, person: headers['X-Gengdu-Person'] })
      if (address === '/bff/session') return Promise.resolve(Response.json({ signedIn: true, personId: signedIn }))
      return Promise.resolve(Response.json(address.includes('/modules/') ? opened : { of: address }))
    })
  })
  afterEach(() => {
    document.cookie = 'gengdu-person=; max-age=0'
    localStorage.removeItem('gengdu.board')
    delete page.gengduEarly
    vi.unstubAllGlobals()
    window.history.replaceState(null, '', '/')
  })

  it('asks for all of a module, in the name of who signed in last: who that is at once, the module when the app is nearly there', async () => {
    await open('/fill/r/modules/curriculum')
    expect(asked.map(({ address }) => address)).toEqual(['/bff/session', '/api/identity/me'])
    run()
    await vi.waitFor(() => expect(asked).toHaveLength(3))
    expect(asked).toEqual([
      { address: '/bff/session', person: undefined },
      { address: '/api/identity/me', person: 'one' },
      { address: '/api/reporting/reports/r/modules/curriculum', person: 'one' },
    ])
  })

  it('asks for the module by itself on a line on which the app takes long, and once', async () => {
    vi.useFakeTimers()
    try {
      await open('/fill/r/modules/curriculum')
      await vi.advanceTimersByTimeAsync(1_000)
      run()
      await vi.advanceTimersByTimeAsync(1_000)
      expect(asked.filter(({ address }) => address.includes('/modules/'))).toHaveLength(1)
    } finally {
      vi.useRealTimers()
    }
  })

  it('gives each part to the question it answers', async () => {
    await open('/fill/r/modules/curriculum')
    run()
    expect(await (await ask('/bff/session'))?.json()).toEqual({ signedIn: true, personId: 'one' })
    expect(await (await ask('/api/reporting/reports/r'))?.json()).toEqual(opened.report)
    const module = await ask('/api/reporting/module-reports/m')
    expect([await module?.json(), module?.headers.get('ETag')]).toEqual([opened.moduleReport, '"v3"'])
    expect(await (await ask('/api/reporting/programmes/labor/versions/2?module=curriculum'))?.json()).toEqual(opened.form)
  })

  it('keeps nothing of one person for another who turns out to be signed in', async () => {
    signedIn = 'another'
    await open('/fill/r/modules/curriculum')
    run()
    expect(await ask('/api/identity/me')).toBeNull()
    expect(await ask('/api/reporting/reports/r')).toBeNull()
  })

  it('asks for the files of the page a little later, and for none that the app has asked for by then', async () => {
    const links = () => [...document.head.querySelectorAll('link')].map((link) => `${link.rel} ${link.getAttribute('href')}`)
    vi.stubGlobal('__PARTS__', { module: ['/form.js', '/form.css'], report: [], fill: [], home: [] })
    vi.useFakeTimers()
    try {
      await open('/fill/r/modules/curriculum')
      expect(links()).toEqual([])
      vi.advanceTimersByTime(1_000)
      expect(links()).toEqual(['modulepreload /form.js', 'preload /form.css'])
      document.head.innerHTML = '<link rel="stylesheet" href="/form.css">'
      await open('/fill/r/modules/curriculum')
      vi.advanceTimersByTime(1_000)
      expect(links()).toEqual(['stylesheet /form.css', 'modulepreload /form.js'])
    } finally {
      vi.useRealTimers()
      document.head.replaceChildren()
    }
  })

  const seen = { personId: 'one', organisationId: 'hebei', kind: 'province', cycleId: 'c', programmeKey: 'labor', programmeVersion: '2' }
  const ofTheBoard = ['/api/reporting/cycles?pageSize=100', '/api/analytics/dashboards/nodes/hebei?cycleId=c', '/api/reporting/programmes/labor/versions/2', '/api/analytics/maps/in-force']

  it('asks for all of the one chart that was seen last, and for its files, before the app runs', async () => {
    localStorage.setItem('gengdu.board', JSON.stringify(seen))
    vi.stubGlobal('__PARTS__', { module: [], report: [], fill: [], home: [], province: ['/province.js'], node: [], school: [], 'zh-CN': ['/words.js'], en: [] })
    for (const address of ['/dashboard', '/dashboard?cycle=c', '/dashboard/hebei']) {
      asked.length = 0
      document.head.replaceChildren()
      await open(address)
      expect(asked.map((one) => one.address).sort()).toEqual(['/api/identity/me', '/bff/session', ...ofTheBoard].sort())
      expect(askedEarly('/api/analytics/dashboards/')).toBe(true)
      await vi.waitFor(() => expect(document.head.querySelector('link')?.getAttribute('href')).toBe('/province.js'))
      // What offices' pages say, in the language that was spoken last.
      expect([...document.head.querySelectorAll('link')].map((one) => one.getAttribute('href'))).toEqual(['/province.js', '/words.js'])
    }
    expect(await (await ask(ofTheBoard[1]!))?.json()).toEqual({ of: ofTheBoard[1] })
    document.head.replaceChildren()
  })

  it.each([['another cycle', '/dashboard?cycle=d', seen], ['another place', '/dashboard/shijiazhuang', seen], ['the chart of another person', '/dashboard', { ...seen, personId: 'another' }], ['words that are not its own', '/dashboard', '{']])(
    'asks for no chart that is not known: %s', async (_, address, kept) => {
      localStorage.setItem('gengdu.board', typeof kept === 'string' ? kept : JSON.stringify(kept))
      await open(address)
      expect(asked).toEqual([])
    })

  it('asks for nobody when nobody signed in here, and for nothing on other pages', async () => {
    document.cookie = 'gengdu-person=; max-age=0'
    await open('/fill/r')
    expect(asked.map(({ address }) => address)).toEqual(['/bff/session'])
    expect(askedEarly('/api/analytics/dashboards/')).toBe(false)
    asked.length = 0
    await open('/board')
    expect(asked).toEqual([])
  })
})
