import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import { Browser } from '../driver/browser'
import { get, json, post } from '../driver/http'
import { libraries } from '../driver/libraries'
import { freshTokens, signedIn } from '../driver/relying-party'
import { module } from '../suite/case'
import { holdsNoUnrequestedClaims } from '../suite/claims'
import { clients } from '../suite/clients'
import { reporter } from '../suite/people'
import type { Target } from '../suite/target'
import { isSuccess } from '../suite/verdicts'

async function tokenOf(target: Target, more: Record<string, string> = {}): Promise<{ access: string; subject: string; id: string }> {
  const tokens = await freshTokens(target, await signedIn(target, reporter, clients.first), clients.first, more)
  return { access: tokens.access_token, subject: decodeJwt(tokens.id_token).sub!, id: tokens.id_token }
}

module('oidcc-userinfo-get', 'with the token in the header', async target => {
  for (const library of libraries) {
    const signed = await library.signIn(target, clients.first, new Browser(), {}, { person: reporter })
    const told = await library.userInfo(target, clients.first, signed.accessToken, String(signed.claims.sub))
    expect(told.sub).toBe(signed.claims.sub)
  }
})

module('oidcc-userinfo-post-header', 'POST with the token in the header', async target => {
  const { access, subject } = await tokenOf(target)
  const answer = await post(target.userInfo, {}, { authorization: `Bearer ${access}` })
  isSuccess(answer)
  expect(json(answer).sub).toBe(subject)
})

module('oidcc-userinfo-post-body', 'with the token in the body: taken, or refused as a warning', async target => {
  const { access, subject } = await tokenOf(target)
  const answer = await post(target.userInfo, { access_token: access })
  if (answer.status === 200) expect(json(answer).sub).toBe(subject)
  else expect([400, 401]).toContain(answer.status)
})

// Claims of a scope that the server knows come at UserInfo; a scope it does not know does no harm. Never in the id token.
const scopes: [module: string, scope: string, claims: string[]][] = [
  ['oidcc-scope-profile', 'openid profile', ['name', 'preferred_username']],
  ['oidcc-scope-email', 'openid email', ['email', 'email_verified']],
  ['oidcc-scope-address', 'openid address', ['address']],
  ['oidcc-scope-phone', 'openid phone', ['phone_number', 'phone_number_verified']],
  ['oidcc-scope-all', 'openid profile email address phone', ['name', 'preferred_username', 'email', 'email_verified', 'address', 'phone_number', 'phone_number_verified']],
]

for (const [name, scope, claims] of scopes) {
  module(name, scope, async target => {
    const { access, subject, id } = await tokenOf(target, { scope })
    const supported = (await (await fetch(`${target.issuer}/.well-known/openid-configuration`)).json() as { claims_supported: string[] }).claims_supported
    const answer = await get(target.userInfo, { authorization: `Bearer ${access}` })
    isSuccess(answer)
    const told = json(answer)
    expect(told.sub).toBe(subject)
    for (const claim of claims.filter(claim => supported.includes(claim))) expect(told, claim).toHaveProperty(claim)
    expect(Object.keys(told).filter(claim => claim !== 'sub' && !supported.includes(claim))).toEqual([])
    holdsNoUnrequestedClaims(decodeJwt(id))
  })
}

module('oidcc-claims-essential', 'asking for a claim as essential does not fail', async target => {
  const { access, subject } = await tokenOf(target, { claims: JSON.stringify({ userinfo: { name: { essential: true } } }) })
  const answer = await get(target.userInfo, { authorization: `Bearer ${access}` })
  isSuccess(answer)
  expect(json(answer).sub).toBe(subject)
})
