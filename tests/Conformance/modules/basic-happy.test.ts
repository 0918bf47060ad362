import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect } from 'vitest'
import { Browser } from '../driver/browser'
import { json } from '../driver/http'
import { libraries } from '../driver/libraries'
import { authorize, freshCode, freshTokens, goodRequest, redeem, signedIn } from '../driver/relying-party'
import { module } from '../suite/case'
import { clients } from '../suite/clients'
import { bitsOf, holdsNoUnrequestedClaims } from '../suite/claims'
import { reporter } from '../suite/people'
import { isErrorAtClient, isSuccess, isUncached } from '../suite/verdicts'

module('oidcc-server', 'a sign-in, driven and checked by both libraries', async target => {
  for (const library of libraries) {
    const { claims, expiresIn, idToken } = await library.signIn(target, clients.first, new Browser(), {}, { person: reporter })
    expect(claims.iss).toBe(target.issuer)
    expect([claims.aud].flat()).toEqual([clients.first.id])
    expect(claims.sub).toMatch(/^[\x21-\x7e]{1,255}$/)
    expect(claims.exp).toBeGreaterThan(Date.now() / 1000)
    expect(Math.abs(Number(claims.iat) - Date.now() / 1000)).toBeLessThan(60)
    expect(expiresIn).toBeGreaterThan(0)
    expect(decodeProtectedHeader(idToken).alg).toBe('RS256')
    holdsNoUnrequestedClaims(decodeJwt(idToken))
  }

  const browser = await signedIn(target, reporter, clients.first)
  const codes: string[] = []
  for (let i = 0; i < 20; i++) codes.push((await freshCode(target, browser, clients.first)).code)
  expect(new Set(codes).size).toBe(20)
  for (const code of codes) expect(bitsOf(code)).toBeGreaterThanOrEqual(128)
  // Measured over all of them, as the certification suite does.
  expect(bitsOf(codes.join('')) / codes.length).toBeGreaterThanOrEqual(96)
})

module('oidcc-server-client-secret-post', 'the same with the secret in the body', async target => {
  for (const library of libraries) {
    const { claims } = await library.signIn(target, clients.post, new Browser(), {}, { person: reporter })
    expect([claims.aud].flat()).toEqual([clients.post.id])
  }
})

module('oidcc-response-type-missing', 'an error at the client, never a code', async target => {
  const { params } = goodRequest(clients.first, { response_type: undefined })
  isErrorAtClient(await authorize(target, new Browser(), params), clients.first.redirectUri, 'invalid_request', 'unsupported_response_type')
})

module('oidcc-idtoken-signature', 'RS256 with a key of the JWKS', async target => {
  const browser = await signedIn(target, reporter, clients.first)
  const { id_token: token } = await freshTokens(target, browser, clients.first)
  const header = decodeProtectedHeader(token)
  expect(header.alg).toBe('RS256')
  const { keys } = await (await fetch(target.jwks)).json() as { keys: { kid: string; kty: string }[] }
  expect(keys.filter(key => key.kid === header.kid && key.kty === 'RSA')).toHaveLength(1)
})

module('oidcc-idtoken-unsigned', 'nobody gets an unsigned token', async target => {
  const document = await (await fetch(`${target.issuer}/.well-known/openid-configuration`)).json() as Record<string, string[]>
  expect(document.id_token_signing_alg_values_supported).not.toContain('none')
})

module('oidcc-ensure-request-without-nonce-succeeds-for-code-flow', 'without nonce there is none in the token', async target => {
  for (const library of libraries) {
    const { claims } = await library.signIn(target, clients.first, new Browser(), { nonce: '' }, { person: reporter })
    expect(claims.nonce).toBeUndefined()
  }
})

module('oidcc-alternate-happy-flow', 'the order of scopes and parameters does not matter', async target => {
  const browser = await signedIn(target, reporter, clients.first)
  const { params, verifier } = goodRequest(clients.first, { scope: 'profile openid' })
  const reversed = Object.entries(params).reverse().filter((pair): pair is [string, string] => pair[1] !== undefined)
  const { params: { code = '' } } = await authorize(target, browser, reversed)
  isSuccess(await redeem(target, { code, verifier, client: clients.first, redirectUri: clients.first.redirectUri }))
})

module('oidcc-ensure-request-with-unknown-parameter-succeeds', 'what is not known is ignored', async target => {
  const browser = await signedIn(target, reporter, clients.first)
  const code = await freshCode(target, browser, clients.first, { extra: 'foobar', another_one: '耕读' })
  isSuccess(await redeem(target, code))
})

module('oidcc-ensure-post-request-succeeds', 'the request may come as a posted form', async target => {
  const browser = await signedIn(target, reporter, clients.first)
  isSuccess(await redeem(target, await freshCode(target, browser, clients.first, {}, { method: 'POST' })))
  isSuccess(await redeem(target, await freshCode(target, new Browser(), clients.first, {}, { method: 'POST', person: reporter })))
})

module('oidcc-ensure-request-with-valid-pkce-succeeds', 'S256', async target => {
  const browser = await signedIn(target, reporter, clients.first)
  const answer = await redeem(target, await freshCode(target, browser, clients.first))
  isSuccess(answer)
  isUncached(answer)
  expect(json(answer).token_type).toMatch(/^bearer$/i)
})
