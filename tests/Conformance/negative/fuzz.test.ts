import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formHeaders, location, send } from '../driver/http'
import { basic, challengeOf, random, signedIn } from '../driver/relying-party'
import { clients, ours } from '../suite/clients'
import { counts } from '../suite/counts'
import { once } from '../suite/once'
import { reporter } from '../suite/people'
import { gengdu } from '../suite/target'
import { hostile } from './return-urls'
import { spoiled } from './spoiled'

// AS-C58: requests nobody would think of. Seeded, so that a failure comes again; another seed by GENGDU_FUZZ_SEED.
const seed = Number(process.env.GENGDU_FUZZ_SEED ?? 20260922)
const requests = Number(process.env.GENGDU_FUZZ_REQUESTS ?? 2500)

const registered = Object.values({ ...clients, ...ours }).flatMap(client => client.redirectUris)
const names = ['client_id', 'redirect_uri', 'response_type', 'response_mode', 'scope', 'state', 'nonce', 'code_challenge', 'code_challenge_method', 'prompt', 'max_age', 'login_hint', 'ui_locales', 'id_token_hint', 'acr_values', 'request', 'request_uri', 'claims', 'resource',
  'display', 'grant_type', 'code', 'code_verifier', 'refresh_token', 'client_secret', 'client_assertion', 'client_assertion_type', 'username', 'password', 'token', 'ticket', 'lang', 'confirmed', '', '__proto__', 'constructor', 'a[]', 'a[b]', 'a.b']
const verifier = random()
const values = [...registered, ...spoiled(clients.first.redirectUri).map(([, address]) => address), ...hostile.slice(0, 40), 'first', 'second', 'several', 'gateway', 'phone', 'machine', 'nobody', 'code', 'token', 'id_token', 'code id_token', 'query', 'fragment', 'openid', 'openid profile offline_access',
  'S256', 'plain', 'none', 'login', 'none login', '0', '-1', '1', '99999999999999999999', challengeOf(verifier), verifier, 'authorization_code', 'refresh_token', 'client_credentials', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', 'urn:ietf:params:oauth:request_uri:x', 'reporting', 'a.b.c', '..', '{}', '[]', 'null',
  '\0', '\r\n', '%00', '%', '\ud800', '耕读', '\' or 1=1 --', '${jndi:ldap://evil}', '../../etc/passwd', 'a'.repeat(2000), ' ']

const value = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...values) }, { weight: 2, arbitrary: fc.string({ maxLength: 60, unit: 'binary' }) }, { weight: 1, arbitrary: fc.string({ maxLength: 300, unit: 'grapheme' }) })
const pairs = fc.array(fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: fc.string({ maxLength: 20 }) }), value), { maxLength: 12 })
/** Mostly good, so that it gets past the first check, and then something else. */
const nearlyGood = fc.tuple(fc.constantFrom(...Object.values(clients), ours.phone), pairs, fc.subarray(['response_type', 'scope', 'code_challenge', 'code_challenge_method', 'redirect_uri'], { maxLength: 2 })).map(([client, more, without]) => {
  const good: [string, string][] = [['client_id', client.id], ['redirect_uri', client.redirectUri], ['response_type', 'code'], ['scope', 'openid'], ['code_challenge', challengeOf(verifier)], ['code_challenge_method', 'S256']]
  const replaced = new Set(more.map(([name]) => name))
  return [...good.filter(([name]) => !without.includes(name) && !replaced.has(name)), ...more]
})

const written = (list: [string, string][]): string => list.map(([name, text]) => `${escape(name)}=${escape(text)}`).join('&')
// Half a surrogate cannot be encoded; it goes as the bytes an old client would send.
const escape = (text: string): string => { try { return encodeURIComponent(text) } catch { return '%ed%a0%80' } }

const request = fc.record({
  list: fc.oneof({ weight: 2, arbitrary: nearlyGood }, { weight: 1, arbitrary: pairs }),
  posted: fc.boolean(),
  both: fc.boolean(),
  type: fc.oneof({ weight: 8, arbitrary: fc.constant('application/x-www-form-urlencoded') }, { weight: 1, arbitrary: fc.constantFrom('application/json', 'multipart/form-data; boundary=x', 'text/plain', 'application/x-www-form-urlencoded; charset=utf-16', 'x') }),
  proof: fc.constantFrom(undefined, basic('first', clients.first.secret), basic('first', 'wrong'), basic('machine', ours.machine.secret), 'Basic %%%', 'Bearer a.b.c', 'Basic'),
  signed: fc.boolean(),
})

describe(`AS-C58 generated requests, seed ${seed}`, () => {
  const target = gengdu()
  const browser = once(() => signedIn(target, reporter, clients.first))

  async function holds(address: string, { list, posted, both, type, proof, signed }: { list: [string, string][]; posted: boolean; both: boolean; type: string; proof: string | undefined; signed: boolean }): Promise<void> {
    const query = posted && !both ? '' : `?${written(list)}`
    if (query.length > 7500) return
    const cookie = signed ? (await browser()).cookieHeader(address) : ''
    const answer = await send(posted ? 'POST' : 'GET', address, {
      rawPath: new URL(address).pathname + query,
      headers: { ...(posted ? { ...formHeaders, 'content-type': type } : {}), ...(cookie ? { cookie } : {}), ...(proof ? { authorization: proof } : {}) },
      body: posted ? written(list) : undefined,
    })
    expect(answer.status, answer.text.slice(0, 300)).toBeLessThan(500)
    const to = location(answer)
    if (to === undefined || to.origin === new URL(target.issuer).origin) return
    const home = answer.headers.location!.split(/[?#]/)[0]!
    if (!registered.some(address => address.split('?')[0] === home)) {
      counts.wrongAccept(`AS-C58 led to ${answer.headers.location}`)
      throw new Error(`led to ${answer.headers.location}`)
    }
  }

  for (const [name, address] of [['authorize', target.authorize], ['token', target.token]] as const) {
    it(`${requests} at ${name}: no fault, no way off the list`, async () => {
      await fc.assert(fc.asyncProperty(request, generated => holds(address, generated)), { seed, numRuns: requests, endOnFailure: true })
    }, 3_600_000)
  }
})
