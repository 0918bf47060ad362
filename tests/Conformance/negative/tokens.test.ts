import { createPublicKey } from 'node:crypto'
import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, expect } from 'vitest'
import { Browser } from '../driver/browser'
import { encode, get, json } from '../driver/http'
import { freshCode, freshTokens, redeem, signedIn, type Tokens } from '../driver/relying-party'
import { family } from '../suite/case'
import { clients } from '../suite/clients'
import { doors, goodToken } from '../suite/doors'
import { once } from '../suite/once'
import { reporter } from '../suite/people'
import { gengdu } from '../suite/target'
import { isRefusedToken } from '../suite/verdicts'
import { assemble, Forger, hmac, noise, parts } from './forged'

const forger = once(() => Forger.make())
const publicKeys = once(async () => json<{ keys: JsonWebKey[] & { kid: string }[] }>(await get(gengdu().jwks)).keys)

/** Serves an attacker's keys, and remembers that somebody came. */
const canary = { address: '', visits: 0, server: createServer((_, response) => { canary.visits++; void forger().then(({ jwk }) => response.end(JSON.stringify({ keys: [{ ...jwk, kid: 'evil' }] }))) }) }

beforeAll(async () => {
  await new Promise<void>(resolve => canary.server.listen(0, '127.0.0.1', resolve))
  canary.address = `http://127.0.0.1:${(canary.server.address() as { port: number }).port}/jwks`
})

afterAll(() => { canary.server.close() })

type Spoil = (good: ReturnType<typeof parts>) => string | Promise<string>

/** The same spoiled token at every door. */
function everywhere(id: string, title: string, spoils: [name: string, spoil: Spoil][], limit?: number): void {
  family(id, title, 'ours', (_, vector) => {
    for (const [name, spoil] of spoils) {
      for (const { name: where, audience, knock } of doors()) {
        vector(`${name} at ${where}`, async () => {
          const token = await spoil(parts(await goodToken(audience)))
          const answer = await knock(token)
          isRefusedToken(answer, 401, 400, 431)
          if (limit !== undefined) expect(answer.milliseconds).toBeLessThan(limit)
        })
      }
    }
  })
}

everywhere('AS-N15', 'an unsigned token is no token', [
  ...['none', 'None', 'NONE', 'nOnE', '', 'n', 'none ', 'null'].flatMap((alg): [string, Spoil][] => [
    [`alg "${alg}", no signature`, ({ header, payload }) => assemble({ ...header, alg }, payload)],
    [`alg "${alg}", the good signature`, ({ header, payload, signature }) => assemble({ ...header, alg }, payload, Buffer.from(signature, 'base64url'))],
  ]),
  ['alg missing', ({ header, payload }) => assemble({ ...header, alg: undefined }, payload)],
  ['alg null', ({ header, payload }) => assemble({ ...header, alg: null }, payload)],
  ['good alg, no signature', ({ header, payload }) => assemble(header, payload)],
  ['good alg, signature of zeros', ({ header, payload }) => assemble(header, payload, Buffer.alloc(256))],
  ['good alg, one bit of the signature changed', ({ header, payload, signature }) => {
    const bytes = Buffer.from(signature, 'base64url')
    bytes[10]! ^= 1
    return assemble(header, payload, bytes)
  }],
  ['good alg, signature cut short', ({ header, payload, signature }) => assemble(header, payload, Buffer.from(signature, 'base64url').subarray(0, 255))],
  ['another subject under the same signature', ({ header, payload, signature }) => assemble(header, { ...payload, sub: '00000000-0000-7000-8000-000000000001' }, Buffer.from(signature, 'base64url'))],
])

const asSecret: [string, (jwk: JsonWebKey) => Buffer | string][] = [
  ['PEM', jwk => createPublicKey({ key: jwk as never, format: 'jwk' }).export({ type: 'spki', format: 'pem' })],
  ['PEM without its last line feed', jwk => String(createPublicKey({ key: jwk as never, format: 'jwk' }).export({ type: 'spki', format: 'pem' })).trimEnd()],
  ['PKCS #1 PEM', jwk => createPublicKey({ key: jwk as never, format: 'jwk' }).export({ type: 'pkcs1', format: 'pem' })],
  ['DER', jwk => createPublicKey({ key: jwk as never, format: 'jwk' }).export({ type: 'spki', format: 'der' })],
  ['modulus', jwk => Buffer.from(jwk.n!, 'base64url')],
  ['modulus as text', jwk => jwk.n!],
  ['JWK as JSON', jwk => JSON.stringify(jwk)],
  ['empty key', () => ''],
]

everywhere('AS-N16', 'the public key is no shared secret', asSecret.flatMap(([name, secret]) => ([256, 512] as const).map((bits): [string, Spoil] => [`HS${bits} with ${name}`, async ({ header, payload }) => {
  const jwk = (await publicKeys()).find(key => (key as { kid?: string }).kid === header.kid)!
  return hmac({ ...header, alg: `HS${bits}` }, payload, secret(jwk), bits)
}])))

everywhere('AS-N17', 'a key that came with the token is nobody\'s', [
  ['jwk', async ({ header, payload }) => (await forger()).sign({ ...header, jwk: (await forger()).jwk }, payload)],
  ['jwk, kid left out', async ({ header, payload }) => (await forger()).sign({ ...header, kid: undefined, jwk: (await forger()).jwk }, payload)],
  ['jwk with the kid inside', async ({ header, payload }) => (await forger()).sign({ ...header, jwk: { ...(await forger()).jwk, kid: header.kid } }, payload)],
  ['jku', async ({ header, payload }) => (await forger()).sign({ ...header, kid: 'evil', jku: canary.address }, payload)],
  ['jku behind the issuer\'s user name', async ({ header, payload }) => (await forger()).sign({ ...header, kid: 'evil', jku: canary.address.replace('://', `://${new URL(gengdu().issuer).host}@`) }, payload)],
  ['x5u', async ({ header, payload }) => (await forger()).sign({ ...header, kid: 'evil', x5u: canary.address }, payload)],
  ['x5c', async ({ header, payload }) => (await forger()).sign({ ...header, x5c: [noise(300).toString('base64')] }, payload)],
  ['x5t', async ({ header, payload }) => (await forger()).sign({ ...header, kid: undefined, x5t: noise(20).toString('base64url') }, payload)],
  ['nothing but a foreign signature', async ({ header, payload }) => (await forger()).sign(header, payload)],
  ['a foreign RS256 signature', async ({ header, payload }) => (await forger()).sign({ ...header, alg: 'RS256' }, payload)],
])

family('AS-N17', 'and nobody fetches it', 'ours', (_, vector) => {
  vector('no request came to the attacker\'s address', async () => expect(canary.visits).toBe(0))
})

everywhere('AS-N19', 'a signature of zeros on a curve', [
  ['ES256, r = s = 0', ({ header, payload }) => assemble({ ...header, alg: 'ES256' }, payload, Buffer.alloc(64))],
  ['ES256, DER of zeros', ({ header, payload }) => assemble({ ...header, alg: 'ES256' }, payload, Buffer.from('3006020100020100', 'hex'))],
  ['ES384, r = s = 0', ({ header, payload }) => assemble({ ...header, alg: 'ES384' }, payload, Buffer.alloc(96))],
  ['EdDSA of zeros', ({ header, payload }) => assemble({ ...header, alg: 'EdDSA' }, payload, Buffer.alloc(64))],
  ['ES256 of the attacker\'s own curve', async ({ header, payload }) => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
    return new SignJWT(payload).setProtectedHeader({ ...header, alg: 'ES256', jwk: await exportJWK(publicKey) }).sign(privateKey)
  }],
])

const jwe = (header: Record<string, unknown>, size: number): string => [Buffer.from(JSON.stringify(header)).toString('base64url'), noise(256).toString('base64url'), noise(12).toString('base64url'), Buffer.alloc(size, 7).toString('base64url'), noise(16).toString('base64url')].join('.')

// Generous where the reference says 50 ms: this machine is shared, and what is caught here takes seconds.
everywhere('AS-N20', 'what nobody understands is refused at once', [
  ['unknown crit', async ({ header, payload }) => (await forger()).sign({ ...header, crit: ['unheard-of'], 'unheard-of': true }, payload)],
  ['empty crit', async ({ header, payload }) => (await forger()).sign({ ...header, crit: [] }, payload)],
  ['b64 false', async ({ header, payload }) => (await forger()).sign({ ...header, crit: ['b64'], b64: false }, payload)],
  ['JWE', () => jwe({ alg: 'RSA-OAEP', enc: 'A256GCM', typ: 'at+jwt' }, 500)],
  ['JWE with compression', () => jwe({ alg: 'RSA-OAEP', enc: 'A256GCM', zip: 'DEF', typ: 'at+jwt' }, 4000)],
  ['JWE by password with two thousand million rounds', () => jwe({ alg: 'PBES2-HS256+A128KW', enc: 'A256GCM', p2c: 2_000_000_000, p2s: 'c2FsdA', typ: 'at+jwt' }, 100)],
  ['direct JWE', () => jwe({ alg: 'dir', enc: 'A256GCM', zip: 'DEF', typ: 'at+jwt' }, 4000)],
  ['two parts', ({ header, payload }) => assemble(header, payload).split('.').slice(0, 2).join('.')],
  ['four parts', ({ header, payload, signature }) => `${assemble(header, payload, Buffer.from(signature, 'base64url'))}.x`],
  ['not base64url', () => '!!!.???.***'],
  ['header is no JSON', ({ payload, signature }) => `${Buffer.from('not json').toString('base64url')}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.${signature}`],
  ['header is a list', ({ payload, signature }) => `${Buffer.from('[]').toString('base64url')}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.${signature}`],
  ['payload is a text', async ({ header }) => (await forger()).sign(header, '"text"')],
  ['payload nested a thousand deep', async ({ header }) => (await forger()).sign(header, '['.repeat(1000) + ']'.repeat(1000))],
  ['20 kB of header', ({ header, payload }) => assemble({ ...header, filling: 'a'.repeat(20_000) }, payload, 'x')],
  ['empty', () => ''],
  ['a blank', () => ' '],
  ['two tokens', async ({ header, payload }) => `${assemble(header, payload, 'x')} ${assemble(header, payload, 'x')}`],
], 2000)

const session = once(async () => {
  const browser = new Browser()
  const tokens = json<Tokens>(await redeem(gengdu(), await freshCode(gengdu(), browser, clients.first, { scope: 'openid profile offline_access' }, { person: reporter })))
  return { browser, tokens }
})

everywhere('AS-N21', 'each token is good for one purpose', [
  ['id token', async () => (await session()).tokens.id_token],
  ['refresh token', async () => (await session()).tokens.refresh_token],
  ['authorization code', async () => (await freshCode(gengdu(), (await session()).browser, clients.first)).code],
  ['id token with the type of an access token, its signature kept', async () => {
    const { header, payload, signature } = parts((await session()).tokens.id_token)
    return assemble({ ...header, typ: 'at+jwt' }, payload, Buffer.from(signature, 'base64url'))
  }],
  ['logout token of a foreign key', async ({ header, payload }) => (await forger()).sign({ ...header, typ: 'logout+jwt' }, payload)],
  ['client assertion', async ({ header, payload }) => (await forger()).sign({ ...header, typ: 'JWT' }, { ...payload, iss: 'first', sub: 'first' })],
])

family('AS-N21', 'nor is an access token a hint', 'ours', (target, vector) => {
  vector('access token as id_token_hint at end-session', async () => {
    const browser = await signedIn(target, reporter, clients.first)
    const { access_token } = await freshTokens(target, browser, clients.first)
    const answer = await browser.get(`${target.endSession}?${encode({ id_token_hint: access_token, post_logout_redirect_uri: clients.first.signedOut })}`)
    expect(answer.headers.location).toBeUndefined()
    await freshCode(target, browser, clients.first, { prompt: 'none' })
  })
})
