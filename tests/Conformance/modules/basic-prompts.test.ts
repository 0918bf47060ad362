import { decodeJwt } from 'jose'
import { setTimeout } from 'node:timers/promises'
import { expect } from 'vitest'
import { Browser } from '../driver/browser'
import { json } from '../driver/http'
import { libraries } from '../driver/libraries'
import { authorize, freshCode, goodRequest, redeem, type Tokens } from '../driver/relying-party'
import { module } from '../suite/case'
import { clients } from '../suite/clients'
import { reporter } from '../suite/people'
import type { Target } from '../suite/target'
import { isErrorAtClient, isSuccess } from '../suite/verdicts'

/** Signs in (or comes back without) and reads the id token. */
async function claimsOf(target: Target, browser: Browser, more: Record<string, string> = {}): Promise<{ signIns: number; authTime: number; subject: string; id: string }> {
  const code = await freshCode(target, browser, clients.first, more, { person: reporter })
  const answer = await redeem(target, code)
  isSuccess(answer)
  const { id_token: id } = json<Tokens>(answer) as Tokens
  const claims = decodeJwt(id)
  return { signIns: code.outcome.signIns, authTime: Number(claims.auth_time), subject: claims.sub!, id }
}

module('oidcc-prompt-login', 'asks again although somebody is signed in, and says the later time', async target => {
  const browser = new Browser()
  const first = await claimsOf(target, browser, { max_age: '10000' })
  await setTimeout(1100)
  const second = await claimsOf(target, browser, { prompt: 'login', max_age: '10000' })
  expect([first.signIns, second.signIns]).toEqual([1, 1])
  expect(second.subject).toBe(first.subject)
  expect(second.authTime).toBeGreaterThan(first.authTime)
})

module('oidcc-prompt-none-not-logged-in', 'an error at the client, no page', async target => {
  const { params } = goodRequest(clients.first, { prompt: 'none' })
  isErrorAtClient(await authorize(target, new Browser(), params), clients.first.redirectUri, 'login_required', 'interaction_required', 'consent_required')
})

module('oidcc-prompt-none-logged-in', 'no page, same person, same time of sign-in', async target => {
  const browser = new Browser()
  const first = await claimsOf(target, browser, { max_age: '10000' })
  const second = await claimsOf(target, browser, { prompt: 'none', max_age: '10000' })
  expect(second).toMatchObject({ signIns: 0, subject: first.subject, authTime: first.authTime })
})

module('oidcc-id-token-hint', 'prompt=none with the token of the session', async target => {
  const browser = new Browser()
  const first = await claimsOf(target, browser, { max_age: '10000' })
  const second = await claimsOf(target, browser, { prompt: 'none', id_token_hint: first.id, max_age: '10000' })
  expect(second).toMatchObject({ signIns: 0, subject: first.subject, authTime: first.authTime })
})

module('oidcc-max-age-1', 'after a second somebody has to sign in again', async target => {
  for (const library of libraries) {
    const browser = new Browser()
    const first = await library.signIn(target, clients.first, browser, { max_age: '10000' }, { person: reporter })
    await setTimeout(2100)
    const second = await library.signIn(target, clients.first, browser, { max_age: '1' }, { person: reporter })
    expect(Number(second.claims.auth_time)).toBeGreaterThan(Number(first.claims.auth_time))
  }
})

module('oidcc-max-age-10000', 'within the time nobody is asked', async target => {
  for (const library of libraries) {
    const browser = new Browser()
    const first = await library.signIn(target, clients.first, browser, { max_age: '10000' }, { person: reporter })
    const second = await library.signIn(target, clients.first, browser, { max_age: '10000' })
    expect(second.claims.auth_time).toBe(first.claims.auth_time)
  }
})
