import { expect } from 'vitest'
import { Browser } from '../driver/browser'
import { signInAtGateway, untilCallback } from '../driver/gateway'
import { type Answer, get, json, send } from '../driver/http'
import { freshCode, random, signedIn } from '../driver/relying-party'
import { family, WrongAccept } from '../suite/case'
import { clients } from '../suite/clients'
import { others, reporter } from '../suite/people'
import { gengdu } from '../suite/target'

const session = async (browser: Browser): Promise<{ signedIn: boolean; name?: string }> => json(await browser.get(`${gengdu().gateway}/bff/session`))

async function isOut(browser: Browser, answer?: Answer): Promise<void> {
  if ((await session(browser)).signedIn) throw new WrongAccept(`a session began${answer ? ` (${answer.status})` : ''}`)
}

family('AS-N39', 'the gateway\'s session: new at sign-in, dead after sign-out', 'ours', (_, vector) => {
  const { gateway } = gengdu()
  const host = new URL(gateway).hostname
  const out = (browser: Browser): Promise<Answer> => browser.post(`${gateway}/bff/sign-out`, {}, { 'x-gengdu-request': '1' })
  vector('a planted cookie is not taken over', async () => {
    const browser = new Browser()
    browser.plant('gengdu-session', 'p'.repeat(43), host)
    await signInAtGateway(browser, reporter)
    expect(browser.value('gengdu-session')).not.toBe('p'.repeat(43))
    expect((await session(browser)).signedIn).toBe(true)
  })
  vector('a second sign-in changes it, and the former is dead', async () => {
    const browser = new Browser()
    await signInAtGateway(browser, reporter)
    const old = browser.copy()
    await signInAtGateway(browser, reporter)
    expect(browser.value('gengdu-session')).not.toBe(old.value('gengdu-session'))
    await isOut(old)
  })
  vector('after the sign-out a copy is dead', async () => {
    const browser = new Browser()
    await signInAtGateway(browser, reporter)
    const thief = browser.copy()
    await out(browser)
    await isOut(thief)
    expect((await thief.get(`${gateway}/api/reporting/cycles`)).status).toBe(401)
  })
  vector('HttpOnly, SameSite=Strict, Path=/, no Domain, no lifetime', async () => {
    const lines = (await signInAtGateway(new Browser(), reporter)).headers['set-cookie']?.filter(line => line.startsWith('gengdu-session=')) ?? []
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/httponly/i)
    expect(lines[0]).toMatch(/samesite=strict/i)
    expect(lines[0]).toMatch(/path=\/(;|$)/i)
    expect(lines[0]).not.toMatch(/domain=|expires=|max-age=/i)
  })
  for (const [name, value] of [['nonsense', 'nonsense'], ['43 letters', 'a'.repeat(43)], ['empty', ''], ['5,000 letters', 'a'.repeat(5000)], ['quotes', '\'or1=1--or1=1--or1=1--or1=1--'], ['percent', '%00%0d%0a%00%0d%0a%00%0d%0a%00']] as const) {
    vector(`a made-up cookie: ${name}`, async () => {
      const browser = new Browser()
      browser.plant('gengdu-session', value, host)
      await isOut(browser)
      expect((await browser.get(`${gateway}/api/reporting/cycles`)).status).toBe(401)
    })
  }
})

family('AS-N40', 'an answer that is not for this browser, this request or this provider', 'ours', (target, vector) => {
  const { gateway } = gengdu()
  const spoils: [string, (to: URL) => void][] = [
    ['another issuer', to => to.searchParams.set('iss', 'https://evil.example')],
    ['another issuer, a slash more', to => to.searchParams.set('iss', `${target.issuer}/`)],
    ['no issuer', to => to.searchParams.delete('iss')],
    ['issuer twice', to => to.searchParams.append('iss', 'https://evil.example')],
    ['no state', to => to.searchParams.delete('state')],
    ['an empty state', to => to.searchParams.set('state', '')],
    ['a made-up state', to => to.searchParams.set('state', random())],
    ['a changed state', to => to.searchParams.set('state', `${to.searchParams.get('state')!.slice(0, -3)}AAA`)],
    ['state twice', to => to.searchParams.append('state', 'x')],
    ['no code', to => to.searchParams.delete('code')],
    ['a made-up code', to => to.searchParams.set('code', random())],
    ['code twice', to => to.searchParams.append('code', random())],
    ['an error beside the code', to => to.searchParams.set('error', 'access_denied')],
    ['an id token beside the code', to => to.searchParams.set('id_token', 'a.b.c')],
    ['an access token in place of the code', to => { to.searchParams.delete('code'); to.searchParams.set('access_token', 'a.b.c') }],
  ]
  for (const [name, spoil] of spoils) {
    vector(name, async () => {
      const browser = new Browser()
      const to = await untilCallback(browser, reporter)
      spoil(to)
      const answer = await browser.get(to.toString())
      expect(answer.status).toBeLessThan(500)
      await isOut(browser, answer)
    })
  }
  vector('delivered to another browser', async () => {
    const to = await untilCallback(new Browser(), reporter)
    const other = new Browser()
    await other.get(to.toString())
    await isOut(other)
  })
  vector('delivered to another browser that has begun a sign-in of its own', async () => {
    const to = await untilCallback(new Browser(), others.victim)
    const other = new Browser()
    await untilCallback(other, reporter)
    await other.get(to.toString())
    await isOut(other)
  })
  vector('a victim\'s code with the attacker\'s own state', async () => {
    const stolen = (await untilCallback(new Browser(), others.victim)).searchParams.get('code')!
    const attacker = new Browser()
    const own = await untilCallback(attacker, reporter)
    own.searchParams.set('code', stolen)
    await attacker.get(own.toString())
    await isOut(attacker)
  })
  vector('a code of another client', async () => {
    const { code } = await freshCode(target, await signedIn(target, reporter, clients.first), clients.first)
    const browser = new Browser()
    const own = await untilCallback(browser, reporter)
    own.searchParams.set('code', code)
    await browser.get(own.toString())
    await isOut(browser)
  })
  vector('delivered twice: no second session', async () => {
    const browser = new Browser()
    const to = await untilCallback(browser, reporter)
    const thief = browser.copy()
    await browser.get(to.toString())
    await thief.get(to.toString())
    await isOut(thief)
  })
  vector('posted instead of asked for', async () => {
    const browser = new Browser()
    const to = await untilCallback(browser, reporter)
    const answer = await browser.post(`${gateway}/bff/callback`, [...to.searchParams])
    expect(answer.status).toBeLessThan(500)
    await isOut(browser)
  })
  for (const host of ['evil.example', 'evil.example:80', `${new URL(gateway).host}.evil.example`]) {
    vector(`Host ${host} does not move the redirect address`, async () => {
      const answer = await send('GET', `${gateway}/bff/sign-in`, { headers: { host, 'x-forwarded-host': host, 'x-forwarded-proto': 'https', forwarded: `host=${host}` } })
      if (answer.headers.location?.includes('evil')) throw new WrongAccept(answer.headers.location)
    })
  }
  for (const path of ['/bff/callback', '/bff/callback?code=x', '/bff/callback?error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E', `/bff/callback?state=${'a'.repeat(5000)}`, '/bff/callback?state=%00', '/bff/%2e%2e/api']) {
    vector(`${path.slice(0, 60)} out of the blue`, async () => {
      const answer = await get(`${gateway}${path}`)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
      expect(answer.text).not.toContain('<script>alert')
    })
  }
})
