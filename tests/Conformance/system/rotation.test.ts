import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { get, json } from '../driver/http'
import { freshCode, redeem, signedIn, type Tokens } from '../driver/relying-party'
import { createVirtualHost, dropVirtualHost } from '../running/broker'
import { adoptKeys } from '../running/client-keys'
import { identitySettings, type Place } from '../running/identity'
import { createDatabase, dropDatabase, inDatabase } from '../running/postgres'
import { freePorts, migrate, Running, type Settings } from '../running/process'
import { serviceSettings } from '../running/services'
import { clients } from '../suite/clients'
import { administrator } from '../suite/people'
import { gengdu, targetOf, type Target } from '../suite/target'

// An identity of its own, whose keys change three times within half a minute. In production that takes nine months, so here the
// calendar in the table is moved; announcing, signing and retiring is the server's own work.
const seconds = process.env.GENGDU_ROTATION_CALLS === undefined ? 6 : 45
const atLeast = Number(process.env.GENGDU_ROTATION_CALLS ?? 100)
let place: Place
let settings: Settings
let identity: Running
let reporting: Running
let target: Target
let [origin, service] = ['', '']

async function restart(): Promise<void> {
  await identity.stop()
  identity = Running.start('identity', settings)
  await identity.untilReady(origin)
}

const move = (to: string, where: string): Promise<unknown> => inDatabase(place.database, `update identity.signing_keys set active_from = ${to} where ${where}`)

beforeAll(async () => {
  adoptKeys(gengdu().clientKeys)
  const [port = 0, servicePort = 0] = await freePorts(2)
  place = { database: await createDatabase(), virtualHost: await createVirtualHost() }
  origin = `http://127.0.0.1:${port}`
  service = `http://127.0.0.1:${servicePort}`
  const issuer = `${origin}/identity`
  settings = identitySettings(place, port, issuer, gengdu().gateway)
  await migrate('identity', settings)
  identity = Running.start('identity', settings)
  await identity.untilReady(origin)
  target = targetOf('gengdu', json(await get(`${issuer}/.well-known/openid-configuration`)))
  // Each pass: what there is has signed for long, so that the server announces a successor.
  for (const days of [80, 79, 78]) {
    await get(target.jwks)
    await move(`now() - interval '${days} days'`, 'active_from > now() - interval \'77 days\'')
    await restart()
  }
  await get(target.jwks)
  reporting = Running.start('reporting', serviceSettings('reporting', gengdu().place, servicePort, { issuer, metadata: `${issuer}/.well-known/openid-configuration` }))
  await reporting.untilReady(service)
}, 180_000)

/** Each key but the first of its use comes a window after the one before. Written while the server stands, so that the time it takes to stop is not out of the first window. */
async function calendar(): Promise<void> {
  await identity.stop()
  const keys = await inDatabase(place.database, 'select id, use, row_number() over (partition by use order by active_from) as n from identity.signing_keys')
  for (const key of keys) {
    const n = Number(key.n)
    if (n > 1) await inDatabase(place.database, 'update identity.signing_keys set active_from = now() + $2 * interval \'1 second\' where id = $1', [key.id, 12 + (n - 1) * seconds])
  }
  identity = Running.start('identity', settings)
  await identity.untilReady(origin)
}

afterAll(async () => {
  await Promise.all([identity?.stop(), reporting?.stop()])
  await dropDatabase(place.database)
  await dropVirtualHost(place.virtualHost)
})

describe('AS-C51 keys change three times under load', () => {
  it('and no valid call is refused', async () => {
    const keys = createRemoteJWKSet(new URL(target.jwks), { cooldownDuration: 0 })
    const published = json<{ keys: { kid: string }[] }>(await get(target.jwks)).keys.map(key => key.kid)
    expect(published).toHaveLength(8)
    const seen = new Set<string>()
    let calls = 0
    const faults: string[] = []
    const call = async (token: string): Promise<void> => {
      const answer = await get(`${service}/api/reporting/cycles`, { authorization: `Bearer ${token}` })
      calls++
      if (answer.status !== 200) faults.push(`${answer.status} with ${decodeProtectedHeader(token).kid}`)
    }
    const play = async (): Promise<void> => {
      await calendar()
      const until = Date.now() + (12 + 3 * seconds + seconds) * 1000
      const browser = await signedIn(target, administrator, clients.first)
      let oldest: { token: string; since: number } | undefined
      await Promise.all(Array.from({ length: 4 }, async () => {
        while ((Date.now() < until || calls <= atLeast) && faults.length < 10) {
          const answer = await redeem(target, await freshCode(target, browser, clients.first), { resource: 'reporting' })
          calls++
          if (answer.status !== 200) { faults.push(`${answer.status} ${answer.text}`); continue }
          const tokens = json<Tokens>(answer)
          // Long held, but not beyond its own five minutes.
          if (oldest === undefined || Date.now() - oldest.since > 240_000) oldest = { token: tokens.access_token, since: Date.now() }
          seen.add(decodeProtectedHeader(tokens.access_token).kid!)
          seen.add(decodeProtectedHeader(tokens.id_token).kid!)
          await jwtVerify(tokens.id_token, keys, { issuer: target.issuer, audience: clients.first.id }).catch((fault: Error) => faults.push(`id token: ${fault.message}`))
          for (let i = 0; i < 5; i++) await call(tokens.access_token)
          await call(oldest.token)
          await setTimeout(5)
        }
      }))
    }
    // A window that a busy machine slept through was not tried: the calendar is played again. A refused call is a fault in any of them.
    for (let plays = 0; plays < 5 && seen.size < 8 && faults.length === 0; plays++) await play()
    expect(faults).toEqual([])
    // Four keys for each of two uses: three changes, seen by those who hold the tokens.
    expect(seen.size).toBe(8)
    expect(published).toEqual(expect.arrayContaining([...seen]))
    expect(calls).toBeGreaterThan(atLeast)
    console.log(`${calls} calls, none refused`)
  }, 5 * (90 + 30 * seconds) * 1000)
})
