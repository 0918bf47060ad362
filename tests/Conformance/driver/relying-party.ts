import { createHash, randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { importPKCS8, type JWTPayload, SignJWT } from 'jose'
import type { Client } from '../suite/clients'
import type { Person } from '../suite/people'
import { gengdu, type Target } from '../suite/target'
import { Browser } from './browser'
import { signInForm } from './forms'
import { type Answer, encode, json, type Pairs, post } from './http'

export const random = (bytes = 32): string => randomBytes(bytes).toString('base64url')

export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')

/** How a run through the authorization endpoint ended: at the client's address, or with a page that stays here. */
export interface Outcome {
  atClient?: URL
  params: Record<string, string>
  page: Answer
  /** How often name and password were asked for and given. */
  signIns: number
}

export interface Asking { person?: Person; method?: 'GET' | 'POST' }

/** The parameters of a good request; the verifier is kept beside. */
export function goodRequest(client: Client, more: Record<string, string | undefined> = {}): { params: Record<string, string | undefined>; verifier: string } {
  const verifier = random()
  return {
    verifier,
    params: {
      response_type: 'code', client_id: client.id, redirect_uri: client.redirectUri, scope: 'openid',
      state: random(12), nonce: random(12), code_challenge: challengeOf(verifier), code_challenge_method: 'S256', ...more,
    },
  }
}

/** Sends the request, signs in when asked to and a person is given, agrees when asked to, and reads where it ends. */
export async function authorize(target: Target, browser: Browser, params: Pairs, { person, method = 'GET' }: Asking = {}): Promise<Outcome> {
  const origins = [...new Set([target.issuer, target.authorize].map(address => new URL(address).origin))]
  const first = method === 'GET' ? await browser.get(`${target.authorize}?${encode(params)}`) : await browser.post(target.authorize, params)
  return await finish(await browser.follow(first, origins), browser, origins, person)
}

export async function finish(state: { away?: URL; answer: Answer }, browser: Browser, origins: string[], person?: Person): Promise<Outcome> {
  let signIns = 0
  while (state.away === undefined) {
    const form = signInForm(state.answer)
    if (form === undefined || person === undefined || signIns > 0) break
    const fields = { ...form.fields, [form.nameField!]: person.userName, [form.passwordField!]: person.password }
    let posted = await browser.post(form.action, fields)
    // Others hash their passwords just now: a person would try again, too.
    for (let i = 0; posted.status === 503 && i < 20; i++) {
      await setTimeout(500)
      posted = await browser.post(form.action, fields)
    }
    state = await browser.follow(posted, origins)
    signIns++
  }
  return { atClient: state.away, params: answerIn(state.away), page: state.answer, signIns }
}

/** The answer's parameters; an error for another response type comes behind the #. */
const answerIn = (at: URL | undefined): Record<string, string> =>
  at === undefined ? {} : Object.fromEntries([...at.searchParams, ...new URLSearchParams(at.hash.slice(1))])

/** A browser in which the person is signed in at the target. */
export async function signedIn(target: Target, person: Person, client: Client): Promise<Browser> {
  const browser = new Browser()
  const outcome = await authorize(target, browser, goodRequest(client).params, { person })
  if (outcome.params.code === undefined) throw new Error(`${person.userName} could not sign in at ${target.name}: ${outcome.atClient?.toString() ?? `${outcome.page.status} ${outcome.page.text.slice(0, 400)}`}`)
  return browser
}

export interface Code { code: string; verifier: string; nonce: string; client: Client; redirectUri: string; outcome: Outcome }

/** A fresh code for a signed-in browser. */
export async function freshCode(target: Target, browser: Browser, client: Client, more: Record<string, string | undefined> = {}, asking: Asking = {}): Promise<Code> {
  const { params, verifier } = goodRequest(client, more)
  const outcome = await authorize(target, browser, params, asking)
  const code = outcome.params.code
  if (code === undefined) throw new Error(`No code from ${target.name}: ${outcome.atClient?.toString() ?? `${outcome.page.status} ${outcome.page.text.slice(0, 400)}`}`)
  return { code, verifier, nonce: params.nonce ?? '', client, redirectUri: params.redirect_uri!, outcome }
}

export const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`

/** A call to a back-channel endpoint as this client proves itself. */
export async function asClient(client: Client, address: string, pairs: Record<string, string | undefined>, headers: Record<string, string> = {}): Promise<Answer> {
  switch (client.auth) {
    case 'basic': return post(address, pairs, { authorization: basic(client.id, client.secret), ...headers })
    case 'post': return post(address, { ...pairs, client_id: client.id, client_secret: client.secret }, headers)
    case 'none': return post(address, { ...pairs, client_id: client.id }, headers)
    case 'signed': return post(address, { ...pairs, client_assertion_type: assertionType, client_assertion: await assertionOf(client) }, headers)
  }
}

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Signed as the client signs it; `undefined` leaves a claim out. */
export async function assertionOf(client: Client, claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const said = { iss: client.id, sub: client.id, aud: gengdu().issuer, jti: random(), iat: now, exp: now + 60, ...claims }
  return new SignJWT(JSON.parse(JSON.stringify(said)) as JWTPayload).setProtectedHeader({ alg: 'ES256', kid: `${client.id}-key`, ...header })
    .sign(await importPKCS8(gengdu().clientKeys[client.id]!, 'ES256'))
}

export const redeem = (target: Target, { code, verifier, redirectUri, client }: Omit<Code, 'nonce' | 'outcome'>, more: Record<string, string | undefined> = {}): Promise<Answer> =>
  asClient(client, target.token, { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier, ...more })

export const refresh = (target: Target, client: Client, token: string, more: Record<string, string | undefined> = {}): Promise<Answer> =>
  asClient(client, target.token, { grant_type: 'refresh_token', refresh_token: token, ...more })

export interface Tokens { access_token: string; id_token: string; refresh_token: string; expires_in: number; scope: string; token_type: string }

export async function freshTokens(target: Target, browser: Browser, client: Client, more: Record<string, string | undefined> = {}, atToken: Record<string, string | undefined> = {}): Promise<Tokens> {
  const answer = await redeem(target, await freshCode(target, browser, client, more), atToken)
  if (answer.status !== 200) throw new Error(`No tokens from ${target.name}: ${answer.status} ${answer.text}`)
  return json<Tokens>(answer)
}

