import { setTimeout } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Browser } from '../driver/browser'
import { get, json, post, send } from '../driver/http'
import { freshTokens, random, redeem, freshCode, refresh, signedIn, type Tokens } from '../driver/relying-party'
import { administratorToken } from '../running/people'
import { inDatabase } from '../running/postgres'
import { family, WrongAccept } from '../suite/case'
import { type Client, clients, ours } from '../suite/clients'
import { once } from '../suite/once'
import { others, reporter } from '../suite/people'
import { gengdu, type Target } from '../suite/target'
import { isOAuthError, isRefusedToken, isSuccess } from '../suite/verdicts'

const offline = { scope: 'openid offline_access' }

async function rotated(target: Target, client: Client, token: string): Promise<Tokens> {
  const answer = await refresh(target, client, token)
  isSuccess(answer)
  return json<Tokens>(answer)
}

family('AS-N26', 'a refresh token that comes twice ends its family', 'both', (target, vector) => {
  // Each its own sign-in: the calibrator kills with a family everything else of that sign-in.
  const browser = (): Promise<Browser> => signedIn(target, reporter, clients.first)
  const grace = target.name === 'gengdu' ? 10_500 : 0
  for (const [name, steps] of [['the first', 1], ['its grandparent', 2], ['its great-grandparent', 3]] as const) {
    vector(`${name}, after the grace`, async () => {
      const first = await freshTokens(target, await browser(), clients.first, offline)
      let newest = first
      for (let i = 0; i < steps; i++) newest = await rotated(target, clients.first, newest.refresh_token)
      await setTimeout(grace)
      isOAuthError(await refresh(target, clients.first, first.refresh_token), 'invalid_grant')
      isOAuthError(await refresh(target, clients.first, newest.refresh_token), 'invalid_grant')
    }, { concurrent: true })
  }
})

family('AS-N26', 'a client that repeats itself at once gets nothing and loses nothing', 'ours', (target, vector) => {
  vector('within the grace', async () => {
    const first = await freshTokens(target, await signedIn(target, reporter, clients.first), clients.first, offline)
    const second = await rotated(target, clients.first, first.refresh_token)
    isOAuthError(await refresh(target, clients.first, first.refresh_token), 'invalid_grant')
    await rotated(target, clients.first, second.refresh_token)
  })
  vector('of a public client, after the grace', async () => {
    const first = await freshTokens(target, await signedIn(target, reporter, ours.phone), ours.phone, offline)
    const second = await rotated(target, ours.phone, first.refresh_token)
    await setTimeout(10_500)
    isOAuthError(await refresh(target, ours.phone, first.refresh_token), 'invalid_grant')
    isOAuthError(await refresh(target, ours.phone, second.refresh_token), 'invalid_grant')
  }, { concurrent: true })
  vector('a thief\'s use shows in the log as a warning', async () => {
    const { logs } = gengdu()
    const { readFileSync } = await import('node:fs')
    await expect.poll(() => readFileSync(`${logs}/identity.log`, 'utf8').split('\n').some(line => line.includes('"LogLevel":"Warning"') && /refresh token of client/.test(line)), { timeout: 15_000 }).toBe(true)
  }, { concurrent: true })
})

family('AS-N27', 'twenty refreshes at the same time', 'ours', (target, vector) => {
  for (let round = 1; round <= 4; round++) {
    vector(`round ${round}: at most one wins, and the winner goes on`, async () => {
      const first = await freshTokens(target, await signedIn(target, reporter, clients.first), clients.first, offline)
      const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(target, clients.first, first.refresh_token)))
      const won = answers.filter(answer => answer.status === 200)
      if (won.length > 1) throw new WrongAccept(`${won.length} answers of 200`)
      expect(won).toHaveLength(1)
      for (const answer of answers.filter(answer => answer.status !== 200)) isOAuthError(answer, 'invalid_grant')
      await rotated(target, clients.first, json<Tokens>(won[0]!).refresh_token)
    })
  }
})

family('AS-N28', 'a refresh token belongs to one client, which must prove itself', 'both', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  const token = async (): Promise<string> => (await freshTokens(target, await browser(), clients.first, offline)).refresh_token
  const form = (refresh_token: string): Record<string, string> => ({ grant_type: 'refresh_token', refresh_token })
  for (const thief of [clients.second, clients.post]) {
    vector(`${thief.id} uses it`, async () => isOAuthError(await refresh(target, thief, await token()), 'invalid_grant'))
  }
  vector('and the owner keeps it', async () => {
    const own = await token()
    await refresh(target, clients.second, own)
    await rotated(target, clients.first, own)
  })
  vector('wrong secret', async () => isOAuthError(await refresh(target, { ...clients.first, secret: 'wrong-secret-of-a-conformance-run' }, await token()), 'invalid_client', 401))
  vector('no proof, id in the body', async () => isOAuthError(await post(target.token, { ...form(await token()), client_id: clients.first.id }), ['invalid_client', 'invalid_request'], 401))
  vector('no proof at all', async () => {
    const answer = await post(target.token, form(await token()))
    isRefusedToken(answer, 400, 401)
  })
  for (const [name, value] of [['unknown', random()], ['empty', ''], ['of 10,000 letters', 'a'.repeat(10_000)], ['with NUL', 'a\0b'], ['with quotes', '\'or 1=1--']] as const) {
    vector(`${name} token`, async () => isOAuthError(await refresh(target, clients.first, value), ['invalid_grant', 'invalid_request']))
  }
  vector('an access token in its place', async () => isOAuthError(await refresh(target, clients.first, (await freshTokens(target, await browser(), clients.first)).access_token), ['invalid_grant', 'invalid_request']))
  vector('an id token in its place', async () => isOAuthError(await refresh(target, clients.first, (await freshTokens(target, await browser(), clients.first)).id_token), ['invalid_grant', 'invalid_request']))
})

family('AS-N29', 'when the sign-in ends, so does its refresh token', 'ours', (target, vector) => {
  const { place, personIds, issuer } = gengdu()
  const person = others.leaving
  async function grant(): Promise<{ browser: Browser; tokens: Tokens }> {
    const browser = await signedIn(target, person, clients.first)
    const tokens = json<Tokens>(await redeem(target, await freshCode(target, browser, clients.first, offline)))
    return { browser, tokens }
  }
  const isDead = async (tokens: Tokens): Promise<void> => {
    isOAuthError(await refresh(target, clients.first, tokens.refresh_token), 'invalid_grant')
    isRefusedToken(await get(target.userInfo, { authorization: `Bearer ${tokens.access_token}` }))
  }
  vector('after logout', async () => {
    const { browser, tokens } = await grant()
    await browser.get(`${target.endSession}?id_token_hint=${tokens.id_token}`)
    await isDead(tokens)
  })
  vector('after a changed password', async () => {
    const { tokens } = await grant()
    await inDatabase(place.database, 'update identity.people set security_stamp = \'changed\' || left(security_stamp, 20) where id = $1', [personIds[person.userName]])
    await isDead(tokens)
  })
  vector('after the person was disabled', async () => {
    const { tokens } = await grant()
    await inDatabase(place.database, 'update identity.people set disabled_at = now() where id = $1', [personIds[person.userName]])
    await isDead(tokens)
    await inDatabase(place.database, 'update identity.people set disabled_at = null where id = $1', [personIds[person.userName]])
  })
  vector('after another sign-in in the same browser', async () => {
    const { browser, tokens } = await grant()
    await freshCode(target, browser, clients.first, { prompt: 'login' }, { person })
    await isDead(tokens)
  })
  vector('a role that was taken is gone at once, whatever tokens there are', async () => {
    const { tokens } = await grant()
    const token = json<Tokens>(await refresh(target, clients.first, tokens.refresh_token, { resource: 'identity' })).access_token
    const me = async (): Promise<{ assignments: { id: string }[] }> => json(await get(`${new URL(issuer).origin}/api/identity/me`, { authorization: `Bearer ${token}` }))
    const [assignment] = (await me()).assignments
    const removed = await send('DELETE', `${new URL(issuer).origin}/api/identity/assignments/${assignment!.id}`, { headers: { authorization: `Bearer ${await administratorToken(target)}` } })
    expect(removed.status).toBeLessThan(300)
    expect((await me()).assignments).toEqual([])
  })
})
