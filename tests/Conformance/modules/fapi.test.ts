import { setTimeout } from 'node:timers/promises'
import { expect } from 'vitest'
import { Browser } from '../driver/browser'
import { get, json, post, send } from '../driver/http'
import { letExpire, push } from '../driver/pushing'
import { asClient, assertionOf, assertionType, authorize, freshCode, freshTokens, goodRequest, random, redeem, signedIn, type Tokens } from '../driver/relying-party'
import { clients, ours } from '../suite/clients'
import { ownModule, WrongAccept } from '../suite/case'
import { reporter } from '../suite/people'
import { gengdu } from '../suite/target'
import { isErrorAtClient, isErrorPage, isOAuthError, isSuccess, Verdict } from '../suite/verdicts'

// Borrowed from the FAPI 2.0 Security Profile: what fits a server without sender-constrained tokens. The client signs and pushes.
const client = ours.pushing
const prefix = 'fapi2-security-profile-final-'

const module = (name: string, title: string, run: (target: ReturnType<typeof gengdu>) => Promise<void>, options = {}): void => ownModule(`${prefix}${name}`, title, run, options)

module('happy-flow', 'pushed, signed in, redeemed, read', async target => {
  const pushed = await push(target, client)
  const { params } = await authorize(target, new Browser(), { client_id: client.id, request_uri: pushed.requestUri }, { person: reporter })
  expect(params.iss).toBe(target.issuer)
  const answer = await redeem(target, { code: params.code!, verifier: pushed.verifier, client, redirectUri: client.redirectUri })
  isSuccess(answer)
  isSuccess(await get(target.userInfo, { authorization: `Bearer ${json<Tokens>(answer).access_token}` }))
})

async function code(more: Record<string, string | undefined> = {}): ReturnType<typeof freshCode> {
  const target = gengdu()
  const pushed = await push(target, client, more)
  const outcome = await authorize(target, await signedIn(target, reporter, clients.first), { client_id: client.id, request_uri: pushed.requestUri })
  return { code: outcome.params.code!, verifier: pushed.verifier, nonce: '', client, redirectUri: client.redirectUri, outcome }
}

module('ensure-token-endpoint-fails-with-expired-auth-code', 'after its minute', async target => {
  const waiting = await code()
  await setTimeout(61_000)
  isOAuthError(await redeem(target, waiting), 'invalid_grant')
}, { concurrent: true, timeout: 90_000 })

module('attempt-reuse-authorization-code-after-one-second', 'and what it gave out is dead', async target => {
  const used = await code()
  const tokens = json<Tokens>(await redeem(target, used))
  await setTimeout(1000)
  isOAuthError(await redeem(target, used), 'invalid_grant')
  expect((await get(target.userInfo, { authorization: `Bearer ${tokens.access_token}` })).status).toBe(401)
}, { concurrent: true })

module('ensure-authorization-code-is-bound-to-client', 'another signing client', async target => isOAuthError(await redeem(target, { ...await code(), client: ours.signing }), 'invalid_grant'))

module('ensure-pkce-code-verifier-required', 'no verifier', async target => isOAuthError(await redeem(target, await code(), { code_verifier: undefined }), ['invalid_grant', 'invalid_request']))

module('incorrect-pkce-code-verifier-rejected', 'another verifier', async target => isOAuthError(await redeem(target, { ...await code(), verifier: random() }), 'invalid_grant'))

module('par-ensure-pkce-required', 'no challenge pushed', async target => isOAuthError((await push(target, client, { code_challenge: undefined, code_challenge_method: undefined })).answer, 'invalid_request'))

module('par-plain-pkce-rejected', 'method plain pushed', async target => isOAuthError((await push(target, client, { code_challenge_method: 'plain' })).answer, 'invalid_request'))

module('ensure-response-type-token-fails', 'pushed and open', async target => isOAuthError((await push(target, client, { response_type: 'token' })).answer, ['unsupported_response_type', 'invalid_request', 'unauthorized_client']))

module('ensure-response-type-code-idtoken-fails', 'pushed', async target => isOAuthError((await push(target, client, { response_type: 'code id_token' })).answer, ['unsupported_response_type', 'invalid_request', 'unauthorized_client']))

module('access-token-type-header-case-sensitivity', '"bearer", "BEARER" and "Bearer"', async target => {
  const { access_token } = await freshTokens(target, await signedIn(target, reporter, clients.first), clients.first)
  for (const scheme of ['bearer', 'BEARER', 'Bearer', 'bEaReR']) isSuccess(await get(target.userInfo, { authorization: `${scheme} ${access_token}` }))
})

for (const [name, more] of [
  ['authorization-request-with-64-char-nonce', { nonce: 'n'.repeat(64) }], ['authorization-request-with-long-nonce', { nonce: 'n'.repeat(384) }],
  ['authorization-request-with-long-state', { state: 's'.repeat(384) }], ['authorization-request-without-state', { state: undefined }],
] as [string, Record<string, string | undefined>][]) {
  module(name, JSON.stringify(more).slice(0, 40), async target => {
    const waiting = await code(more)
    expect(waiting.outcome.params.state).toBe('state' in more ? more.state : waiting.outcome.params.state)
    const answer = await redeem(target, waiting)
    isSuccess(answer)
    if (more.nonce) expect(JSON.parse(Buffer.from(json<Tokens>(answer).id_token.split('.')[1]!, 'base64url').toString()).nonce).toBe(more.nonce)
  })
}

module('par-attempt-reuse-request_uri', 'after it was completed', async target => {
  const { requestUri } = await push(target, client)
  const browser = await signedIn(target, reporter, clients.first)
  expect((await authorize(target, browser, { client_id: client.id, request_uri: requestUri })).params.code).toBeDefined()
  isErrorPage(await authorize(target, browser, { client_id: client.id, request_uri: requestUri }))
})

module('par-attempt-to-use-expired-request_uri', 'its time over', async target => {
  const { requestUri } = await push(target, client)
  await letExpire(requestUri)
  isErrorPage(await authorize(target, await signedIn(target, reporter, clients.first), { client_id: client.id, request_uri: requestUri }))
})

module('par-attempt-invalid-http-method', 'GET, PUT and DELETE', async target => {
  for (const method of ['GET', 'PUT', 'DELETE']) expect([401, 404, 405]).toContain((await send(method, target.par!)).status)
})

module('par-authorization-request-containing-request_uri', 'refused', async target => isOAuthError((await push(target, client, { request_uri: 'urn:ietf:params:oauth:request_uri:x' })).answer, ['invalid_request', 'request_uri_not_supported']))

module('par-ensure-reused-request-uri-prior-to-auth-completion-succeeds', 'one time is at completion, not at a visit', async target => {
  const { requestUri } = await push(target, client)
  const browser = new Browser()
  for (let i = 0; i < 3; i++) await authorize(target, browser, { client_id: client.id, request_uri: requestUri })
  expect((await authorize(target, browser, { client_id: client.id, request_uri: requestUri }, { person: reporter })).params.code).toBeDefined()
})

const assertionFails = (name: string, claims: () => Record<string, unknown>): void => {
  for (const [where, at] of [['par', (target: ReturnType<typeof gengdu>) => target.par!], ['token', (target: ReturnType<typeof gengdu>) => target.token]] as const) {
    module(`${where === 'par' ? 'par-' : ''}${name}`, `at ${where}`, async target => {
      const assertion = await assertionOf(client, claims())
      isOAuthError(await post(at(target), { ...goodRequest(client).params, grant_type: 'authorization_code', code: 'x', client_assertion_type: assertionType, client_assertion: assertion }), 'invalid_client', 401)
    })
  }
}

assertionFails('test-array-as-audience-fails', () => ({ aud: [gengdu().issuer] }))
assertionFails('token-endpoint-url-as-audience-fails', () => ({ aud: gengdu().token }))
assertionFails('ensure-client-assertion-with-exp-is-5-minutes-in-past-fails', () => ({ exp: Math.floor(Date.now() / 1000) - 300 }))
assertionFails('ensure-client-assertion-with-no-sub-fails', () => ({ sub: undefined }))
assertionFails('ensure-client-assertion-with-wrong-aud-fails', () => ({ aud: 'https://evil.example' }))

module('ensure-request-object-is-not-needed', 'a request object is refused, pushed or not', async target => {
  isOAuthError((await push(target, client, { request: 'a.b.c' })).answer, ['request_not_supported', 'invalid_request'])
  isErrorAtClient(await authorize(target, new Browser(), { ...goodRequest(clients.first).params, request: 'a.b.c' }), clients.first.redirectUri, 'request_not_supported')
})

module('refresh-token', 'rotates for a client that signs', async target => {
  const tokens = json<Tokens>(await redeem(target, await code({ scope: 'openid offline_access' })))
  const answer = await asClient(client, target.token, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
  isSuccess(answer)
  if (json<Tokens>(answer).refresh_token === tokens.refresh_token) throw new WrongAccept('the same refresh token again')
  if (!json<Tokens>(answer).access_token) throw new Verdict('no access token')
})
