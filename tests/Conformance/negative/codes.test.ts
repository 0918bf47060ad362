import { setTimeout } from 'node:timers/promises'
import { expect } from 'vitest'
import { get, json } from '../driver/http'
import { challengeOf, freshCode, random, redeem, refresh, signedIn, type Tokens } from '../driver/relying-party'
import { inDatabase } from '../running/postgres'
import { family, WrongAccept } from '../suite/case'
import { clients } from '../suite/clients'
import { once } from '../suite/once'
import { others, type Person, reporter } from '../suite/people'
import { gengdu, type Target } from '../suite/target'
import { isOAuthError, isRefusedToken, isSuccess, Verdict } from '../suite/verdicts'

const offline = { scope: 'openid offline_access' }

family('AS-N09', 'a wrong or missing verifier is refused, and burns the code', 'both', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  const wrong: [string, (verifier: string, challenge: string) => string | undefined][] = [
    ['missing', () => undefined],
    ['empty', () => ''],
    ['another', () => random()],
    ['the challenge itself', (_, challenge) => challenge],
    ['in capitals', verifier => verifier.toUpperCase() === verifier ? verifier.toLowerCase() : verifier.toUpperCase()],
    ['one letter longer', verifier => `${verifier}a`],
    ['one letter shorter', verifier => verifier.slice(0, -1)],
    ['with padding', verifier => `${verifier}=`],
  ]
  for (const [name, make] of wrong) {
    vector(name, async () => {
      const code = await freshCode(target, await browser(), clients.first)
      isOAuthError(await redeem(target, code, { code_verifier: make(code.verifier, challengeOf(code.verifier)) }), ['invalid_grant', 'invalid_request'])
    })
    vector(`${name}: afterwards the right one is too late`, async () => {
      const code = await freshCode(target, await browser(), clients.first)
      await redeem(target, code, { code_verifier: make(code.verifier, challengeOf(code.verifier)) })
      isOAuthError(await redeem(target, code), 'invalid_grant')
    })
  }
  vector('a verifier for a code that was asked for without a challenge: there is no such code', async () => {
    await expect(freshCode(target, await browser(), clients.first, { code_challenge: undefined, code_challenge_method: undefined })).rejects.toThrow(/No code/)
  })
})

family('AS-N10', 'a code that comes again kills what it gave out', 'both', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  async function replayed(): Promise<Tokens> {
    const code = await freshCode(target, await browser(), clients.first, offline)
    const first = await redeem(target, code)
    isSuccess(first)
    isOAuthError(await redeem(target, code), 'invalid_grant')
    return json<Tokens>(first)
  }
  vector('the access token is dead within a second', async () => {
    const tokens = await replayed()
    await setTimeout(1000)
    isRefusedToken(await get(target.userInfo, { authorization: `Bearer ${tokens.access_token}` }))
  })
  vector('the refresh token is dead within a second', async () => {
    const tokens = await replayed()
    isOAuthError(await refresh(target, clients.first, tokens.refresh_token), 'invalid_grant')
  })
  vector('so are the descendants of the refresh token', async () => {
    const code = await freshCode(target, await browser(), clients.first, offline)
    const first = json<Tokens>(await redeem(target, code))
    const second = await refresh(target, clients.first, first.refresh_token)
    isSuccess(second)
    isOAuthError(await redeem(target, code), 'invalid_grant')
    isOAuthError(await refresh(target, clients.first, json<Tokens>(second).refresh_token), 'invalid_grant')
  })
  vector('a replay with a wrong verifier kills too', async () => {
    const code = await freshCode(target, await browser(), clients.first, offline)
    const first = json<Tokens>(await redeem(target, code))
    isOAuthError(await redeem(target, { ...code, verifier: random() }), 'invalid_grant')
    isOAuthError(await refresh(target, clients.first, first.refresh_token), 'invalid_grant')
  })
})

const rounds = Number(process.env.GENGDU_RACE_ROUNDS ?? 4)

family('AS-N11', 'of fifty redemptions at the same time exactly one wins', 'ours', (target, vector) => {
  for (let round = 1; round <= rounds; round++) {
    vector(`round ${round}`, async () => {
      const code = await freshCode(target, await signedIn(target, reporter, clients.first), clients.first, offline)
      const answers = await Promise.all(Array.from({ length: 50 }, () => redeem(target, code)))
      const won = answers.filter(answer => answer.status === 200)
      if (won.length > 1) throw new WrongAccept(`${won.length} answers of 200`)
      expect(won).toHaveLength(1)
      for (const answer of answers.filter(answer => answer.status !== 200)) isOAuthError(answer, 'invalid_grant')
      // Whoever won lost it to the replays: the refresh token of a code that came twice is dead.
      isOAuthError(await refresh(target, clients.first, json<Tokens>(won[0]!).refresh_token), 'invalid_grant')
    })
  }
})

family('AS-N12', 'a code belongs to one client', 'both', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  for (const thief of [clients.second, clients.post]) {
    vector(`${thief.id} redeems it`, async () => {
      const code = await freshCode(target, await browser(), clients.first)
      isOAuthError(await redeem(target, { ...code, client: thief }), 'invalid_grant')
    })
    vector(`${thief.id} tried, so it is burnt for its owner too`, async () => {
      const code = await freshCode(target, await browser(), clients.first)
      await redeem(target, { ...code, client: thief })
      isOAuthError(await redeem(target, code), 'invalid_grant')
    })
  }
  for (const [name, code] of [['unknown', random()], ['empty', ''], ['of 10,000 letters', 'a'.repeat(10_000)], ['with NUL', 'a\0b'], ['with quotes', '\'or 1=1--'], ['in another alphabet', '耕读'.repeat(20)]] as const) {
    vector(`${name} code`, async () => isOAuthError(await redeem(target, { code, verifier: random(), client: clients.first, redirectUri: clients.first.redirectUri }), ['invalid_grant', 'invalid_request']))
  }
})

family('AS-N13', 'a code lives a minute', 'both', (target, vector) => {
  vector('at 61 seconds it is dead', async () => {
    const code = await freshCode(target, await signedIn(target, reporter, clients.first), clients.first)
    await setTimeout(61_000)
    isOAuthError(await redeem(target, code), 'invalid_grant')
  }, { concurrent: true, timeout: 90_000 })
  vector('at 50 seconds it lives', async () => {
    const code = await freshCode(target, await signedIn(target, reporter, clients.first), clients.first)
    await setTimeout(50_000)
    isSuccess(await redeem(target, code))
  }, { concurrent: true, timeout: 90_000 })
})

family('AS-N14', 'who was disabled or changed the password meanwhile gets nothing', 'ours', (target: Target, vector) => {
  const { place } = gengdu()
  const act = async (person: Person, sql: string): Promise<void> => {
    const rows = await inDatabase(place.database, `update identity.people set ${sql} where user_name = $1 returning id`, [person.userName])
    if (rows.length !== 1) throw new Verdict(`${person.userName} is not there`)
  }
  for (const [name, person, change, undo] of [
    ['disabled', others.disabled, 'disabled_at = now()', 'disabled_at = null'],
    ['password changed', others.changed, 'security_stamp = \'changed\' || security_stamp', undefined],
  ] as const) {
    vector(`${name} between code and token`, async () => {
      const code = await freshCode(target, await signedIn(target, person, clients.first), clients.first, offline)
      await act(person, change)
      isOAuthError(await redeem(target, code), 'invalid_grant')
      if (undo) await act(person, undo)
    })
    vector(`${name} between token and refresh`, async () => {
      const tokens = json<Tokens>(await redeem(target, await freshCode(target, await signedIn(target, person, clients.first), clients.first, offline)))
      await act(person, change)
      isOAuthError(await refresh(target, clients.first, tokens.refresh_token), 'invalid_grant')
      isRefusedToken(await get(target.userInfo, { authorization: `Bearer ${tokens.access_token}` }))
      if (undo) await act(person, undo)
    })
    vector(`${name} ends the browser's session`, async () => {
      const browser = await signedIn(target, person, clients.first)
      await act(person, change)
      await expect(freshCode(target, browser, clients.first, { prompt: 'none' })).rejects.toThrow(/login_required/)
      if (undo) await act(person, undo)
    })
  }
})
