import { setTimeout } from 'node:timers/promises'
import { expect } from 'vitest'
import { Browser } from '../driver/browser'
import { get, json } from '../driver/http'
import { libraries } from '../driver/libraries'
import { asClient, freshCode, redeem, refresh, signedIn, type Tokens } from '../driver/relying-party'
import { module } from '../suite/case'
import { bitsOf } from '../suite/claims'
import { clients } from '../suite/clients'
import { reporter } from '../suite/people'
import { isOAuthError, isRefusedToken, isSuccess, isUncached } from '../suite/verdicts'

module('oidcc-codereuse', 'a code that comes twice is refused', async target => {
  const code = await freshCode(target, await signedIn(target, reporter, clients.first), clients.first)
  isSuccess(await redeem(target, code))
  isOAuthError(await redeem(target, code), 'invalid_grant')
}, { concurrent: true })

module('oidcc-codereuse-30seconds', 'half a minute later too, and what it gave out is dead', async target => {
  const code = await freshCode(target, await signedIn(target, reporter, clients.first), clients.first)
  const first = await redeem(target, code)
  isSuccess(first)
  await setTimeout(30_500)
  isOAuthError(await redeem(target, code), 'invalid_grant')
  isRefusedToken(await get(target.userInfo, { authorization: `Bearer ${json<Tokens>(first).access_token}` }), 400, 401, 403)
}, { concurrent: true, timeout: 60_000 })

module('oidcc-refresh-token', 'works, changes, is long, is not cached, is nobody else\'s', async target => {
  for (const library of libraries) {
    const signed = await library.signIn(target, clients.first, new Browser(), { scope: 'openid offline_access' }, { person: reporter })
    const next = await library.refresh(target, clients.first, signed.refreshToken!)
    expect(next.accessToken).not.toBe(signed.accessToken)
    expect(next.refreshToken).not.toBe(signed.refreshToken)
    expect(bitsOf(next.refreshToken!)).toBeGreaterThanOrEqual(128)
    expect(next.refreshToken).toMatch(/^[A-Za-z0-9._~+/=-]+$/)
    isOAuthError(await refresh(target, clients.second, next.refreshToken!), 'invalid_grant')
    const answer = await asClient(clients.first, target.token, { grant_type: 'refresh_token', refresh_token: next.refreshToken })
    isSuccess(answer)
    isUncached(answer)
  }
}, { concurrent: true })
