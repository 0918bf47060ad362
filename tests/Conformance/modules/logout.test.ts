import { SignJWT, UnsecuredJWT, decodeJwt, generateKeyPair } from 'jose'
import * as client from 'openid-client'
import { expect } from 'vitest'
import { Browser } from '../driver/browser'
import { forms } from '../driver/forms'
import { encode, get, json } from '../driver/http'
import { configurationOf } from '../driver/libraries'
import { authorize, freshCode, goodRequest, type Outcome, redeem, type Tokens } from '../driver/relying-party'
import { module, WrongAccept } from '../suite/case'
import { clients } from '../suite/clients'
import { reporter } from '../suite/people'
import type { Target } from '../suite/target'
import { isErrorAtClient } from '../suite/verdicts'

const back = clients.first.signedOut

async function signIn(target: Target): Promise<{ browser: Browser; hint: string }> {
  const browser = new Browser()
  const tokens = json<Tokens>(await redeem(target, await freshCode(target, browser, clients.first, {}, { person: reporter })))
  return { browser, hint: tokens.id_token }
}

/** Calls end-session, agrees when asked, and reads where it ends. */
async function end(target: Target, browser: Browser, parameters: Record<string, string>): Promise<Outcome> {
  const origins = [new URL(target.issuer).origin]
  let state = await browser.follow(await browser.get(`${target.endSession}?${encode(parameters)}`), origins)
  const asking = state.away === undefined && state.answer.status === 200 ? forms(state.answer).find(form => form.method === 'POST') : undefined
  if (asking !== undefined) state = await browser.follow(await browser.post(asking.action, { ...asking.fields, logout: 'yes' }), origins)
  return { atClient: state.away, params: Object.fromEntries(state.away?.searchParams ?? []), page: state.answer, signIns: 0 }
}

async function isSignedOut(target: Target, browser: Browser): Promise<void> {
  isErrorAtClient(await authorize(target, browser, goodRequest(clients.first, { prompt: 'none' }).params), clients.first.redirectUri, 'login_required', 'interaction_required')
}

const staysHere = (outcome: Outcome): void => {
  if (outcome.atClient !== undefined) throw new WrongAccept(`led to ${outcome.atClient.toString()}`)
}

module('oidcc-rp-initiated-logout-discovery-endpoint-verification', 'discovery names the endpoint', async target => {
  const document = json(await get(`${target.issuer}/.well-known/openid-configuration`))
  expect(new URL(String(document.end_session_endpoint)).protocol).toBe(new URL(target.issuer).protocol)
})

module('oidcc-rp-initiated-logout', 'back to the client, and nobody is signed in any more', async target => {
  const { browser, hint } = await signIn(target)
  const url = client.buildEndSessionUrl(await configurationOf(target, clients.first), { id_token_hint: hint, post_logout_redirect_uri: back, state: 'after' })
  const outcome = await end(target, browser, Object.fromEntries(url.searchParams))
  expect(outcome.atClient?.toString()).toBe(`${back}?state=after`)
  await isSignedOut(target, browser)
})

// The five that must not lead anywhere, whatever they say.
const stays: [module: string, title: string, parameters: (hint: string, target: Target) => Promise<Record<string, string>>][] = [
  ['oidcc-rp-initiated-logout-bad-post-logout-redirect-uri', 'an unregistered address', async hint => ({ id_token_hint: hint, post_logout_redirect_uri: 'https://evil.example/', state: 's' })],
  ['oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri', 'a query more than registered', async hint => ({ id_token_hint: hint, post_logout_redirect_uri: `${back}?foo=bar`, state: 's' })],
  ['oidcc-rp-initiated-logout-no-id-token-hint', 'no proof of which client asks', async () => ({ post_logout_redirect_uri: back, state: 's' })],
  ['oidcc-rp-initiated-logout-modified-id-token-hint', 'the token without its signature', async hint => ({ id_token_hint: new UnsecuredJWT(decodeJwt(hint)).encode(), post_logout_redirect_uri: back, state: 's' })],
  ['oidcc-rp-initiated-logout-bad-id-token-hint', 'a token of somebody else\'s key', async hint => {
    const { privateKey } = await generateKeyPair('RS256')
    return { id_token_hint: await new SignJWT(decodeJwt(hint)).setProtectedHeader({ alg: 'RS256', typ: 'JWT' }).sign(privateKey), post_logout_redirect_uri: back, state: 's' }
  }],
]

for (const [name, title, parameters] of stays) {
  module(name, title, async target => {
    const { browser, hint } = await signIn(target)
    staysHere(await end(target, browser, await parameters(hint, target)))
  })
}

// The three that sign out and stay on a page of the server's own.
const ownPage: [module: string, parameters: (hint: string) => Record<string, string>][] = [
  ['oidcc-rp-initiated-logout-no-params', () => ({})],
  ['oidcc-rp-initiated-logout-no-post-logout-redirect-uri', hint => ({ id_token_hint: hint })],
  ['oidcc-rp-initiated-logout-only-state', () => ({ state: 'only' })],
]

for (const [name, parameters] of ownPage) {
  module(name, 'signed out, own page', async target => {
    const { browser, hint } = await signIn(target)
    const outcome = await end(target, browser, parameters(hint))
    staysHere(outcome)
    expect(outcome.page.status).toBe(200)
    await isSignedOut(target, browser)
  })
}

module('oidcc-rp-initiated-logout-no-state', 'back to the client without a state', async target => {
  const { browser, hint } = await signIn(target)
  const outcome = await end(target, browser, { id_token_hint: hint, post_logout_redirect_uri: back })
  expect(outcome.atClient?.toString()).toBe(back)
  await isSignedOut(target, browser)
})
