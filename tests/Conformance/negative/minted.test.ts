import { afterAll, beforeAll, expect } from 'vitest'
import { type Answer, get, send } from '../driver/http'
import { freePorts, Running } from '../running/process'
import { serviceSettings } from '../running/services'
import { family, WrongAccept } from '../suite/case'
import { doors, goodToken } from '../suite/doors'
import { gengdu } from '../suite/target'
import { isRefusedToken, isSuccess } from '../suite/verdicts'
import { Forger } from './forged'
import { Mint } from './mint'

// A reporting service of its own that trusts the mint: the check of a well-signed token's claims, in the real service.
let mint: Mint
let service: Running
let address = ''

beforeAll(async () => {
  const [port = 0] = await freePorts(1)
  mint = await Mint.open()
  address = `http://127.0.0.1:${port}`
  service = Running.start('reporting', serviceSettings('reporting', gengdu().place, port, { issuer: mint.issuer, metadata: mint.metadata }))
  await service.untilReady(address)
  // Whatever is refused below is refused for its fault: the good one passes.
  isSuccess(await knock(await mint.sign({})))
})

afterAll(async () => {
  await service.stop()
  mint.close()
})

const knock = (token: string): Promise<Answer> => get(`${address}/api/reporting/cycles`, { authorization: `Bearer ${token}` })

function claims(id: string, title: string, spoiled: [name: string, claims: () => Record<string, unknown>][]): void {
  family(id, title, 'ours', (_, vector) => {
    for (const [name, make] of spoiled) vector(name, async () => isRefusedToken(await knock(await mint.sign(make()))))
  })
}

const now = (): number => Math.floor(Date.now() / 1000)

family('AS-N18', 'a key id is a name, never a path, a query or a reason to ask again', 'ours', (_, vector) => {
  const kids: [string, unknown][] = [
    ['a path', '../../../../etc/passwd'], ['an address', 'http://127.0.0.1:1/key'], ['SQL', '\' union select \'x\' --'], ['NUL', 'mint\0'], ['10 kB', 'k'.repeat(10_000)],
    ['empty', ''], ['a blank', ' '], ['markup', '<script>alert(1)</script>'], ['line feeds', 'mint\r\nX: y'], ['in capitals', 'MINT'], ['/dev/null', '/dev/null'], ['another alphabet', '耕读'],
  ]
  for (const [name, kid] of kids) vector(name, async () => {
    isRefusedToken(await knock((await Forger.make()).sign({ alg: 'PS256', typ: 'at+jwt', kid }, mint.good())), 401, 400, 431)
  })
  vector('1,000 unknown ones lead to one question for the keys at most', async () => {
    const before = mint.keyRequests
    for (let from = 0; from < 1000; from += 50) {
      await Promise.all(Array.from({ length: 50 }, async (_, i) => {
        const token = await mint.sign({}, { kid: `unknown-${from + i}` })
        isRefusedToken(await knock(`${token.slice(0, token.lastIndexOf('.'))}.${Buffer.alloc(256, i).toString('base64url')}`))
      }))
    }
    expect(mint.keyRequests - before).toBeLessThanOrEqual(1)
  })
})

claims('AS-N22', 'a token for somebody else', [
  ['another service', () => ({ aud: 'supervision' })],
  ['the client', () => ({ aud: 'first' })],
  ['the issuer', () => ({ aud: mint.issuer })],
  ['missing', () => ({ aud: undefined })],
  ['empty', () => ({ aud: '' })],
  ['an empty list', () => ({ aud: [] })],
  ['a suffix more', () => ({ aud: 'reporting2' })],
  ['a prefix more', () => ({ aud: 'xreporting' })],
  ['a path more', () => ({ aud: 'reporting/' })],
  ['in capitals', () => ({ aud: 'Reporting' })],
  ['with a blank', () => ({ aud: 'reporting ' })],
  ['a star', () => ({ aud: '*' })],
  ['a list with ours second', () => ({ aud: ['supervision', 'reporting'] })],
  ['a list with ours first', () => ({ aud: ['reporting', 'supervision'] })],
  ['one text with two names', () => ({ aud: 'reporting supervision' })],
  ['null', () => ({ aud: null })],
])

family('AS-N22', 'at the real issuer\'s doors', 'ours', (_, vector) => {
  for (const door of doors()) {
    for (const audience of (['identity', 'reporting'] as const).filter(audience => audience !== door.audience)) {
      vector(`a token for ${audience} at ${door.name}`, async () => isRefusedToken(await door.knock(await goodToken(audience))))
    }
  }
})

claims('AS-N23', 'a token of another issuer', [
  ['another host', () => ({ iss: 'https://evil.example/mint' })],
  ['a trailing slash', () => ({ iss: `${mint.issuer}/` })],
  ['in capitals', () => ({ iss: mint.issuer.toUpperCase() })],
  ['localhost for 127.0.0.1', () => ({ iss: mint.issuer.replace('127.0.0.1', 'localhost') })],
  ['https for http', () => ({ iss: mint.issuer.replace('http:', 'https:') })],
  ['a suffix', () => ({ iss: `${mint.issuer}2` })],
  ['missing', () => ({ iss: undefined })],
  ['empty', () => ({ iss: '' })],
  ['the real identity', () => ({ iss: gengdu().issuer })],
  ['a list', () => ({ iss: [mint.issuer] })],
])

family('AS-N23', 'the issuer in discovery never moves', 'ours', (target, vector) => {
  const spoofs: Record<string, string>[] = [
    { host: 'evil.example' }, { host: 'evil.example:80' }, { host: `${new URL(target.issuer).host}.evil.example` }, { 'x-forwarded-host': 'evil.example' }, { 'x-forwarded-proto': 'https' }, { forwarded: 'host=evil.example;proto=https' },
    { 'x-original-host': 'evil.example' }, { 'x-forwarded-prefix': '/evil' }, { 'x-forwarded-for': '1.2.3.4' }, { 'x-original-url': '/evil' }, { 'x-rewrite-url': '/evil' }, { 'x-host': 'evil.example' },
  ]
  const plain = `${target.issuer}/.well-known/openid-configuration`
  for (const [place, document] of [['identity', plain], ['gateway', `${gengdu().gateway}/identity/.well-known/openid-configuration`]] as const) {
    for (const headers of spoofs) {
      vector(`${JSON.stringify(headers)} at ${place}`, async () => {
        const answer = await send('GET', document, { headers: { host: new URL(document).host, ...headers } })
        if (answer.status >= 400) return
        if (answer.text.includes('evil')) throw new WrongAccept(answer.text.slice(0, 300))
        expect((JSON.parse(answer.text) as { issuer: string }).issuer).toBe(target.issuer)
      })
    }
  }
})

claims('AS-N24', 'a token of another time', [
  ['expired 31 seconds ago', () => ({ exp: now() - 31 })],
  ['expired an hour ago', () => ({ exp: now() - 3600 })],
  ['expiry missing', () => ({ exp: undefined })],
  ['expiry null', () => ({ exp: null })],
  ['expiry as a text', () => ({ exp: String(now() - 3600) })],
  ['expiry as words', () => ({ exp: 'tomorrow' })],
  ['expiry as a list', () => ({ exp: [now() + 300] })],
  ['expiry zero', () => ({ exp: 0 })],
  ['expiry negative', () => ({ exp: -1 })],
  ['expiry of -2^63', () => ({ exp: -(2 ** 63) })],
  ['not before an hour from now', () => ({ nbf: now() + 3600 })],
  ['not before 90 seconds from now', () => ({ nbf: now() + 90 })],
  ['not before as words', () => ({ nbf: 'tomorrow' })],
  ['not before of 2^63', () => ({ nbf: 2 ** 63 })],
  ['issued an hour from now', () => ({ iat: now() + 3600 })],
  ['issued at 2^63', () => ({ iat: 2 ** 63 })],
])

family('AS-N24', 'and no kind of time breaks the service', 'ours', (_, vector) => {
  for (const [name, claims] of [['2^63', { exp: 2 ** 63 }], ['2^31', { exp: 2 ** 31 }], ['1e300', { exp: 1e300 }], ['a fraction', { exp: Date.now() / 1000 + 300.5 }]] as const) {
    vector(`expiry ${name}`, async () => expect((await knock(await mint.sign(claims))).status).toBeLessThan(500))
  }
})
