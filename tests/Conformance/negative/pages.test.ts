import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { Browser } from '../driver/browser'
import { forms, signInForm } from '../driver/forms'
import { signInAtGateway } from '../driver/gateway'
import { type Answer, encode, get, json, location, post, send } from '../driver/http'
import { asClient, authorize, basic, freshCode, freshTokens, goodRequest, redeem, refresh, signedIn, type Tokens } from '../driver/relying-party'
import { family, WrongAccept } from '../suite/case'
import { clients, ours } from '../suite/clients'
import { once } from '../suite/once'
import { others, reporter } from '../suite/people'
import { gengdu } from '../suite/target'
import { isErrorAtClient, isSuccess, isUncached, Verdict } from '../suite/verdicts'
import { hostile } from './return-urls'

family('AS-N34', 'after sign-in nobody is led away', 'ours', (_, vector) => {
  const { gateway } = gengdu()
  const browser = once(async () => {
    const made = new Browser()
    await signInAtGateway(made, reporter)
    return made
  })
  for (const [i, address] of hostile.entries()) {
    vector(`${i + 1}: ${JSON.stringify(address.slice(0, 60))}`, async () => {
      const answer = await signInAtGateway(await browser(), reporter, `?${encode({ returnUrl: address })}`)
      const to = location(answer)
      if (to === undefined) throw new Verdict(`no way on: ${answer.status}`)
      if (to.origin !== new URL(gateway).origin || /^[\\/]{2}|[\t\r\n\\]/.test(answer.headers.location!.replace(gateway, ''))) throw new WrongAccept(answer.headers.location)
    })
  }
})

const pages = (target: { issuer: string; authorize: string; endSession: string }): [string, (browser: Browser) => Promise<Answer>][] => [
  ['sign-in', async browser => (await browser.follow(await browser.get(`${target.authorize}?${encode(goodRequest(clients.first, { prompt: 'login' }).params)}`), [new URL(target.issuer).origin])).answer],
  ['error', browser => browser.get(`${target.authorize}?client_id=nobody`)],
  ['broken ticket', browser => browser.get(`${target.issuer}/sign-in?ticket=nonsense`)],
  ['sign-out question', browser => browser.get(target.endSession)],
  ['signed out', async () => new Browser().get(target.endSession)],
  ...['account', 'invitation', 'reset', 'second-factor'].map((path): [string, (browser: Browser) => Promise<Answer>] =>
    [path, async browser => (await browser.follow(await browser.get(`${target.issuer}/${path}`), [new URL(target.issuer).origin])).answer]),
]

family('AS-N35', 'nothing is done for a page of somebody else', 'ours', (target, vector) => {
  const page = async (browser: Browser): Promise<NonNullable<ReturnType<typeof signInForm>>> => signInForm(await pages(target)[0]![1](browser))!
  const spoils: [string, (fields: Record<string, string>, token: string) => Record<string, string>, Record<string, string>?, boolean?][] = [
    ['without the token', (fields, token) => Object.fromEntries(Object.entries(fields).filter(([name]) => name !== token))],
    ['with an empty token', (fields, token) => ({ ...fields, [token]: '' })],
    ['with a changed token', (fields, token) => ({ ...fields, [token]: `${fields[token]!.slice(0, -4)}AAAA` })],
    ['without its cookie', fields => fields, {}, true],
    ['with a foreign Origin', fields => fields, { origin: 'https://evil.example' }],
    ['from another site', fields => fields, { 'sec-fetch-site': 'cross-site' }],
    ['from another site of the same domain', fields => fields, { 'sec-fetch-site': 'same-site' }],
  ]
  for (const [name, spoil, headers = {}, otherBrowser = false] of spoils) {
    vector(`sign-in ${name}`, async () => {
      const browser = new Browser()
      const form = await page(browser)
      const token = Object.keys(form.fields).find(field => /verification|forgery|csrf/i.test(field))!
      const answer = await (otherBrowser ? new Browser() : browser).post(form.action, spoil({ ...form.fields, [form.nameField!]: reporter.userName, [form.passwordField!]: reporter.password }, token), headers)
      if (answer.status < 400) throw new WrongAccept(`${answer.status} ${answer.headers.location}`)
      isErrorAtClient(await authorize(target, browser, goodRequest(clients.first, { prompt: 'none' }).params), clients.first.redirectUri, 'login_required')
    })
  }
  vector('sign-in with the token of another browser', async () => {
    const [form, foreign] = [await page(new Browser()), new Browser()]
    await page(foreign)
    const answer = await foreign.post(form.action, { ...form.fields, [form.nameField!]: reporter.userName, [form.passwordField!]: reporter.password })
    if (answer.status < 400) throw new WrongAccept(`${answer.status}`)
  })
  const stillIn = async (browser: Browser): Promise<void> => { await freshCode(target, browser, clients.first, { prompt: 'none' }) }
  const outs: [string, (browser: Browser) => Promise<Answer>][] = [
    ['a picture', browser => browser.get(target.endSession, { accept: 'image/*', 'sec-fetch-site': 'cross-site' })],
    ['a picture that says it was confirmed', browser => browser.get(`${target.endSession}?confirmed=1`)],
    ['a form without its token', browser => browser.post(target.endSession, { confirmed: '1' })],
    ['a form with a made-up token', browser => browser.post(target.endSession, { confirmed: '1', __RequestVerificationToken: 'x' })],
    ['somebody else\'s id token', async browser => {
      const other = await freshTokens(target, await signedIn(target, others.victim, clients.first), clients.first)
      return browser.get(`${target.endSession}?id_token_hint=${other.id_token}`)
    }],
    ['an id token of an earlier sign-in', async browser => {
      const earlier = await freshTokens(target, await signedIn(target, reporter, clients.first), clients.first)
      return browser.get(`${target.endSession}?id_token_hint=${earlier.id_token}`)
    }],
    ['an id token twice', async browser => {
      const own = await freshTokens(target, browser, clients.first)
      return browser.get(`${target.endSession}?id_token_hint=${own.id_token}&id_token_hint=${own.id_token}`)
    }],
  ]
  for (const [name, call] of outs) {
    vector(`sign-out by ${name}`, async () => {
      const browser = await signedIn(target, reporter, clients.first)
      const answer = await call(browser)
      if (answer.headers.location !== undefined) throw new WrongAccept(answer.headers.location)
      await stillIn(browser)
    })
  }
  vector('sign-out by asking works', async () => {
    const browser = await signedIn(target, reporter, clients.first)
    const asking = forms(await browser.get(target.endSession)).find(form => form.method === 'POST')!
    expect((await browser.post(asking.action, asking.fields)).status).toBe(200)
    isErrorAtClient(await authorize(target, browser, goodRequest(clients.first, { prompt: 'none' }).params), clients.first.redirectUri, 'login_required')
  })
  vector('the gateway: sign-out without its header', async () => {
    const browser = new Browser()
    await signInAtGateway(browser, reporter)
    expect((await browser.post(`${gengdu().gateway}/bff/sign-out`, {})).status).toBe(403)
    expect(json(await browser.get(`${gengdu().gateway}/bff/session`)).signedIn).toBe(true)
  })
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    vector(`the gateway: ${method} with the cookie and without its header`, async () => {
      const browser = new Browser()
      await signInAtGateway(browser, reporter)
      const answer = await send(method, `${gengdu().gateway}/api/reporting/cycles`, { headers: { cookie: browser.cookieHeader(gengdu().gateway), 'content-type': 'application/json' }, body: '{}' })
      expect(answer.status).toBe(403)
    })
  }
})

family('AS-N36', 'no page of ours stands in a frame, no redirect repeats a password', 'ours', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  for (const [name, open] of pages(target)) {
    vector(`${name} page`, async () => {
      const { headers } = await open(await browser())
      expect(headers['x-frame-options']).toBe('DENY')
      expect(headers['content-security-policy']).toMatch(/frame-ancestors 'none'/)
      expect(headers['content-security-policy']).toMatch(/default-src 'none'/)
      expect(headers['content-security-policy']).not.toMatch(/script-src|unsafe/)
      expect(headers['content-type']).toMatch(/^text\/html; charset=utf-8/)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['cache-control']).toMatch(/no-store/)
      expect(headers['referrer-policy']).toBe('no-referrer')
    })
  }
  const redirects: [string, () => Promise<Answer>][] = [
    ['authorize with a code, GET', async () => (await browser()).get(`${target.authorize}?${encode(goodRequest(clients.first).params)}`)],
    ['authorize with a code, POST', async () => (await browser()).post(target.authorize, goodRequest(clients.first).params)],
    ['authorize with an error, POST', async () => (await browser()).post(target.authorize, goodRequest(clients.first, { response_type: 'token' }).params)],
    ['authorize to sign-in, POST', async () => new Browser().post(target.authorize, goodRequest(clients.first).params)],
    ['sign-in posted', async () => {
      const fresh = new Browser()
      const form = signInForm(await pages(target)[0]![1](fresh))!
      return fresh.post(form.action, { ...form.fields, [form.nameField!]: reporter.userName, [form.passwordField!]: reporter.password })
    }],
    ['end-session', async () => {
      const fresh = await signedIn(target, reporter, clients.first)
      return fresh.post(target.endSession, { id_token_hint: (await freshTokens(target, fresh, clients.first)).id_token, post_logout_redirect_uri: clients.first.signedOut })
    }],
  ]
  for (const [name, ask] of redirects) vector(`${name}: 303`, async () => expect((await ask()).status).toBe(303))
})

const markup = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '\'-alert(1)-\'', '${7*7}{{7*7}}', '\r\nX-Injected: 1', '\u2028alert(1)', '</form><form action=//evil>', '&lt;script&gt;', 'javascript:alert(1)', '"\\', '\0', '耕读\u202e']

family('AS-N41', 'nothing that came is shown as it came', 'ours', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  for (const text of markup) {
    vector(`state ${JSON.stringify(text)}`, async () => {
      const answer = await (await browser()).get(`${target.authorize}?${encode(goodRequest(clients.first, { state: text, response_type: 'token' }).params)}`)
      expect(answer.headers).not.toHaveProperty('x-injected')
      const to = answer.headers.location
      if (to === undefined) return expect(answer.text).not.toContain(text)
      expect(to).toMatch(/^[\x21-\x7e]+$/)
      expect(to).not.toMatch(/[<>"'\\]/)
      const description = new URL(to).searchParams.get('error_description') ?? ''
      expect(description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/)
      expect(description).not.toContain(text)
    })
    for (const name of ['login_hint', 'ui_locales', 'scope', 'client_id', 'nonce']) {
      vector(`${name} ${JSON.stringify(text)}`, async () => {
        const fresh = new Browser()
        const { answer } = await fresh.follow(await fresh.get(`${target.authorize}?${encode(goodRequest(clients.first, { [name]: name === 'scope' ? `openid ${text}` : text }).params)}`), [new URL(target.issuer).origin])
        if (/<script|<img|<form action=\/\/evil/i.test(answer.text)) throw new WrongAccept(answer.text.slice(0, 300))
        expect(answer.headers).not.toHaveProperty('x-injected')
      })
    }
  }
  for (const [name, address] of [['ticket', `${target.issuer}/sign-in?ticket=`], ['lang', `${target.issuer}/sign-in?ticket=x&lang=`], ['post_logout_redirect_uri', `${target.endSession}?post_logout_redirect_uri=`], ['ui_locales of end-session', `${target.endSession}?ui_locales=`]] as const) {
    for (const text of markup.slice(0, 4)) {
      vector(`${name} ${JSON.stringify(text)}`, async () => expect((await new Browser().get(`${address}${encodeURIComponent(text)}`)).text).not.toContain(text))
    }
  }
  for (const text of markup.slice(0, 3)) {
    vector(`a user name of ${JSON.stringify(text)} typed into the form`, async () => {
      const fresh = new Browser()
      const form = signInForm(await pages(target)[0]![1](fresh))!
      const answer = await fresh.post(form.action, { ...form.fields, [form.nameField!]: text, [form.passwordField!]: text })
      expect(answer.status).toBe(401)
      expect(answer.text).not.toContain(text)
    })
  }
})

family('AS-N42', 'no other origin reads anything', 'ours', (target, vector) => {
  const { gateway } = gengdu()
  const addresses = [target.authorize, target.token, target.userInfo, target.revoke, target.introspect!, target.par!, target.endSession, target.jwks, `${target.issuer}/.well-known/openid-configuration`, `${target.issuer}/sign-in`, `${gateway}/bff/session`, `${gateway}/bff/sign-in`, `${gateway}/api/reporting/cycles`]
  for (const address of addresses) {
    for (const origin of ['https://evil.example', 'null', new URL(clients.first.redirectUri).origin]) {
      vector(`${new URL(address).pathname} from ${origin}`, async () => {
        for (const [method, more] of [['GET', {}], ['OPTIONS', { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' }], ['POST', { 'content-type': 'text/plain' }]] as const) {
          const answer = await send(method, address, { headers: { origin, ...more } })
          if (answer.headers['access-control-allow-origin'] !== undefined || answer.headers['access-control-allow-credentials'] !== undefined) throw new WrongAccept(`${method}: ${answer.headers['access-control-allow-origin']}`)
        }
      })
    }
  }
})

family('AS-N43', 'secrets are neither cached nor written down', 'ours', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  const tokens = once(async () => freshTokens(target, await browser(), clients.first, { scope: 'openid profile offline_access' }))
  const answers: [string, () => Promise<Answer>][] = [
    ['token', async () => redeem(target, await freshCode(target, await browser(), clients.first))],
    ['token, refused', () => asClient(clients.first, target.token, { grant_type: 'authorization_code', code: 'x' })],
    ['token, wrong secret', () => post(target.token, {}, { authorization: basic('first', 'x') })],
    ['UserInfo', async () => get(target.userInfo, { authorization: `Bearer ${(await tokens()).access_token}` })],
    ['introspection', async () => asClient(ours.records, target.introspect!, { token: (await tokens()).access_token })],
    ['PAR', () => asClient(clients.first, target.par!, goodRequest(clients.first).params)],
    ['revocation', () => asClient(clients.first, target.revoke, { token: 'x' })],
    ['authorize', async () => (await browser()).get(`${target.authorize}?${encode(goodRequest(clients.first).params)}`)],
    ['session of the gateway', () => get(`${gengdu().gateway}/bff/session`)],
  ]
  for (const [name, ask] of answers) vector(`${name} is not cached`, async () => isUncached(await ask()))
  vector('no log has a code, a token, a password or a secret in it', async () => {
    const { logs, gateway } = gengdu()
    const fresh = new Browser()
    await signInAtGateway(fresh, reporter)
    await fresh.get(`${gateway}/api/reporting/cycles`)
    const cookie = fresh.value('gengdu-session')
    const code = await freshCode(target, await browser(), clients.first, { scope: 'openid offline_access' })
    const first = await redeem(target, code)
    isSuccess(first)
    const given = json<Tokens>(first)
    await redeem(target, code)
    await refresh(target, clients.first, given.refresh_token)
    await get(target.userInfo, { authorization: `Bearer ${given.access_token}x` })
    await get(`${gateway}/api/reporting/cycles`, { authorization: `Bearer ${given.access_token}` })
    const secrets = [code.code, code.verifier, given.access_token, given.refresh_token, given.id_token, reporter.password, clients.first.secret, cookie!]
    for (const name of ['identity', 'reporting', 'gateway']) {
      const written = readFileSync(`${logs}/${name}.log`, 'utf8')
      expect(written.length).toBeGreaterThan(100)
      for (const [i, secret] of secrets.entries()) if (written.includes(secret)) throw new WrongAccept(`${name}'s log has secret ${i}`)
      expect(written, `${name}: anything that looks like a token`).not.toMatch(/eyJ[A-Za-z0-9_-]{20,}\./)
    }
  })
})
