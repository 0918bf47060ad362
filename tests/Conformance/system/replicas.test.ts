import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect } from 'vitest'
import { Browser } from '../driver/browser'
import { signInForm } from '../driver/forms'
import { encode, get, json, location, post } from '../driver/http'
import { push } from '../driver/pushing'
import { assertionOf, assertionType, authorize, freshCode, freshTokens, goodRequest, redeem, refresh, signedIn, type Tokens } from '../driver/relying-party'
import { family, WrongAccept } from '../suite/case'
import { clients, ours } from '../suite/clients'
import { reporters } from '../suite/people'
import { gengdu, type Target } from '../suite/target'
import { isErrorAtClient, isErrorPage, isOAuthError, isRefusedToken, isSuccess } from '../suite/verdicts'
import { Replica } from './replica'

let replica: Replica
const [one, two] = [reporters[28]!, reporters[29]!]
const offline = { scope: 'openid offline_access' }

/** In no order that means anything. */
const keysOf = async (target: Target): Promise<unknown[]> => json<{ keys: { kid: string }[] }>(await get(target.jwks)).keys.sort((one, other) => one.kid.localeCompare(other.kid))

beforeAll(async () => { replica = await Replica.start() })
afterAll(() => replica.stop())

family('AS-C53', 'two replicas are one server', 'ours', (a, vector) => {
  const b = (): typeof replica.target => replica.target
  vector('a code made at one is redeemed at the other, both ways', async () => {
    isSuccess(await redeem(b(), await freshCode(a, await signedIn(a, one, clients.first), clients.first)))
    isSuccess(await redeem(a, await freshCode(b(), await signedIn(b(), one, clients.first), clients.first)))
  })
  vector('a session of one is known at the other', async () => {
    const browser = await signedIn(a, one, clients.first)
    await freshCode(b(), browser, clients.first, { prompt: 'none' })
  })
  vector('a form shown by one is posted to the other', async () => {
    const browser = new Browser()
    const page = await browser.get(location(await browser.get(`${a.authorize}?${encode(goodRequest(clients.first).params)}`))!.toString())
    const form = signInForm(page)!
    const answer = await browser.post(form.action.replace(new URL(a.issuer).origin, replica.address), { ...form.fields, [form.nameField!]: one.userName, [form.passwordField!]: one.password })
    expect(answer.status).toBe(303)
  })
  vector('both publish the same keys', async () => {
    expect(await keysOf(b())).toEqual(await keysOf(a))
  })
  vector('a token of the other is taken by the services', async () => {
    const tokens = await freshTokens(b(), await signedIn(b(), one, clients.first), clients.first, {}, { resource: 'reporting' })
    isSuccess(await get(`${gengdu().reporting}/api/reporting/cycles`, { authorization: `Bearer ${tokens.access_token}` }))
  })
  for (let round = 1; round <= 3; round++) {
    vector(`fifty redemptions across both, round ${round}: one wins`, async () => {
      const code = await freshCode(a, await signedIn(a, two, clients.first), clients.first)
      const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => redeem(i % 2 ? a : b(), code)))
      const won = answers.filter(answer => answer.status === 200).length
      if (won > 1) throw new WrongAccept(`${won} answers of 200`)
      expect(won).toBe(1)
    })
    vector(`twenty refreshes across both, round ${round}: one wins`, async () => {
      const { refresh_token } = await freshTokens(a, await signedIn(a, two, clients.first), clients.first, offline)
      const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => refresh(i % 2 ? a : b(), clients.first, refresh_token)))
      const won = answers.filter(answer => answer.status === 200)
      if (won.length > 1) throw new WrongAccept(`${won.length} answers of 200`)
      expect(won).toHaveLength(1)
      isSuccess(await refresh(b(), clients.first, json<Tokens>(won[0]!).refresh_token))
    })
  }
  vector('an assertion used at one is used up at the other', async () => {
    const assertion = await assertionOf(ours.machine2)
    const ask = (token: string): ReturnType<typeof post> => post(token, { grant_type: 'client_credentials', client_assertion_type: assertionType, client_assertion: assertion })
    isSuccess(await ask(a.token))
    isOAuthError(await ask(b().token), 'invalid_client', 401)
  })
  vector('a request pushed at one is shown and completed at the other, once', async () => {
    const browser = await signedIn(a, one, clients.first)
    const { requestUri } = await push(a, ours.pushing)
    const show = (target: typeof a): ReturnType<typeof authorize> => authorize(target, browser, { client_id: 'pushing', request_uri: requestUri })
    expect((await show(b())).params.code).toBeDefined()
    isErrorPage(await show(a))
  })
  vector('a sign-out at one is one at the other', async () => {
    const browser = await signedIn(a, two, clients.first)
    const tokens = await freshTokens(a, browser, clients.first, offline)
    await browser.get(`${a.endSession}?id_token_hint=${tokens.id_token}`)
    isErrorAtClient(await authorize(b(), browser, goodRequest(clients.first, { prompt: 'none' }).params), clients.first.redirectUri, 'login_required')
    isOAuthError(await refresh(b(), clients.first, tokens.refresh_token), 'invalid_grant')
    isRefusedToken(await get(b().userInfo, { authorization: `Bearer ${tokens.access_token}` }))
  })
})

family('AS-C52', 'a process that is killed takes nothing along', 'ours', (_, vector) => {
  for (let round = 1; round <= 2; round++) {
    vector(`kill -9, round ${round}: sessions, codes, refresh tokens, pushed requests and keys are still there`, async () => {
      const target = replica.target
      const browser = await signedIn(target, one, clients.first)
      const tokens = await freshTokens(target, browser, clients.first, offline)
      const [code, since] = [await freshCode(target, browser, clients.first), Date.now()]
      const pushed = await push(target, ours.pushing)
      expect(pushed.answer.status, pushed.answer.text).toBe(201)
      const keys = await keysOf(target)
      const asked = Array.from({ length: 10 }, () => freshTokens(target, browser, clients.first).catch(() => undefined))
      await replica.kill()
      await Promise.all(asked)
      await replica.startAgain()
      expect(await keysOf(target)).toEqual(keys)
      // A code lives a minute, a pushed request half a minute more, and a busy machine may need that long to start.
      const inTime = Date.now() - since < 45_000
      if (inTime) isSuccess(await redeem(target, code))
      const next = await refresh(target, clients.first, tokens.refresh_token)
      isSuccess(next)
      isSuccess(await get(target.userInfo, { authorization: `Bearer ${json<Tokens>(next).access_token}` }))
      if (inTime) {
        const show = (): ReturnType<typeof authorize> => authorize(target, browser, { client_id: 'pushing', request_uri: pushed.requestUri })
        let shown = await show()
        // Just started on a busy machine it may say so: a browser comes again.
        for (let i = 0; shown.page.status === 503 && i < 20; i++) {
          await setTimeout(500)
          shown = await show()
        }
        expect(shown.params.code, `${Date.now() - since} ms later: ${shown.page.status} ${shown.page.text.slice(0, 400)}`).toBeDefined()
      }
      await freshCode(target, browser, clients.first, { prompt: 'none' })
    }, { timeout: 90_000 })
  }
  vector('what was used up before stays used up', async () => {
    const target = replica.target
    const browser = await signedIn(target, two, clients.first)
    const code = await freshCode(target, browser, clients.first)
    isSuccess(await redeem(target, code))
    const assertion = await assertionOf(ours.machine2)
    const ask = (): ReturnType<typeof post> => post(target.token, { grant_type: 'client_credentials', client_assertion_type: assertionType, client_assertion: assertion })
    isSuccess(await ask())
    await replica.kill()
    await replica.startAgain()
    isOAuthError(await redeem(target, code), 'invalid_grant')
    isOAuthError(await ask(), 'invalid_client', 401)
  }, { timeout: 90_000 })
})
