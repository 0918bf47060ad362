import { createPublicKey } from 'node:crypto'
import { expect } from 'vitest'
import { type Answer, encode, get, json, post, send } from '../driver/http'
import { asClient, assertionOf, assertionType, basic, type Code, freshCode, freshTokens, random, redeem, refresh, signedIn, type Tokens } from '../driver/relying-party'
import { family } from '../suite/case'
import { clients, ours } from '../suite/clients'
import { once } from '../suite/once'
import { reporter } from '../suite/people'
import { gengdu } from '../suite/target'
import { isOAuthError, isRefusedToken, isSuccess, isUncached } from '../suite/verdicts'
import { assemble, Forger, hmac, parts } from './forged'

const offline = { scope: 'openid offline_access' }

family('AS-N30', 'a client revokes its own and nothing else', 'ours', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  const tokens = async (): Promise<Tokens> => freshTokens(target, await browser(), clients.first, offline)
  const isAlive = async (access: string): Promise<void> => isSuccess(await get(target.userInfo, { authorization: `Bearer ${access}` }))
  for (const thief of [clients.second, clients.post, ours.phone, ours.signing]) {
    vector(`${thief.id} revokes another's refresh token: 200, and it lives`, async () => {
      const { refresh_token } = await tokens()
      isSuccess(await asClient(thief, target.revoke, { token: refresh_token }))
      isSuccess(await refresh(target, clients.first, refresh_token))
    })
    vector(`${thief.id} revokes another's access token: 200, and it lives`, async () => {
      const { access_token } = await tokens()
      isSuccess(await asClient(thief, target.revoke, { token: access_token }))
      await isAlive(access_token)
    })
  }
  for (const hint of [undefined, 'refresh_token', 'access_token', 'nonsense']) {
    vector(`its own refresh token, hint ${hint}`, async () => {
      const { refresh_token } = await tokens()
      isSuccess(await asClient(clients.first, target.revoke, { token: refresh_token, token_type_hint: hint }))
      isOAuthError(await refresh(target, clients.first, refresh_token), 'invalid_grant')
    })
    vector(`its own access token, hint ${hint}`, async () => {
      const { access_token } = await tokens()
      isSuccess(await asClient(clients.first, target.revoke, { token: access_token, token_type_hint: hint }))
      isRefusedToken(await get(target.userInfo, { authorization: `Bearer ${access_token}` }))
    })
  }
  for (const [name, token] of [['unknown', random()], ['of 20,000 letters', 'a'.repeat(20_000)], ['with quotes', '\' or 1=1--']] as const) {
    vector(`a token ${name}: 200`, async () => isSuccess(await asClient(clients.first, target.revoke, { token })))
  }
  vector('no token', async () => isOAuthError(await asClient(clients.first, target.revoke, {}), 'invalid_request'))
  vector('wrong secret', async () => isOAuthError(await asClient({ ...clients.first, secret: 'wrong-secret-of-a-conformance-run' }, target.revoke, { token: random() }), 'invalid_client', 401))
  vector('GET is 405', async () => expect((await get(`${target.revoke}?token=x`)).status).toBe(405))
  vector('JSON is 415 or 400', async () => expect([400, 415]).toContain((await send('POST', target.revoke, { headers: { 'content-type': 'application/json', authorization: basic(clients.first.id, clients.first.secret) }, body: '{"token":"x"}' })).status))
})

family('AS-N31', 'introspection tells a service about its own tokens and nobody else anything', 'ours', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  const token = async (resource: string): Promise<string> => (await freshTokens(target, await browser(), clients.first, offline, { resource })).access_token
  const ask = (client: Parameters<typeof asClient>[0], value: string, more: Record<string, string> = {}): Promise<Answer> => asClient(client, target.introspect!, { token: value, ...more })
  const isInactive = (answer: Answer): void => { isSuccess(answer); expect(json(answer)).toEqual({ active: false }) }
  vector('a good token, its own service', async () => {
    const answer = await ask(ours.records, await token('reporting'))
    isSuccess(answer)
    isUncached(answer)
    expect(json(answer)).toMatchObject({ active: true, aud: 'reporting', client_id: 'first', iss: target.issuer })
  })
  vector('a token for another service', async () => isInactive(await ask(ours.records, await token('identity'))))
  for (const client of [clients.first, clients.second, ours.machine, ours.signing]) vector(`${client.id}, which is no service`, async () => isInactive(await ask(client, await token('reporting'))))
  const others: [string, () => Promise<string> | string][] = [
    ['nonsense', () => 'nonsense'], ['an id token', async () => (await freshTokens(target, await browser(), clients.first)).id_token],
    ['a refresh token', async () => (await freshTokens(target, await browser(), clients.first, offline)).refresh_token],
    ['an unsigned token', async () => { const { header, payload } = parts(await token('reporting')); return assemble({ ...header, alg: 'none' }, payload) }],
    ['a foreign signature', async () => { const { header, payload } = parts(await token('reporting')); return (await Forger.make()).sign(header, payload) }],
    ['20,000 letters', () => 'a'.repeat(20_000)], ['an authorization code', async () => (await freshCode(target, await browser(), clients.first)).code],
  ]
  for (const [name, make] of others) vector(name, async () => isInactive(await ask(ours.records, await make(), { token_type_hint: 'access_token' })))
  vector('a revoked token', async () => {
    const access = await token('reporting')
    isSuccess(await asClient(clients.first, target.revoke, { token: access }))
    isInactive(await ask(ours.records, access))
  })
  vector('a token of an ended sign-in', async () => {
    const fresh = await signedIn(target, reporter, clients.first)
    const tokens = await freshTokens(target, fresh, clients.first, {}, { resource: 'reporting' })
    await fresh.get(`${target.endSession}?id_token_hint=${tokens.id_token}`)
    isInactive(await ask(ours.records, tokens.access_token))
  })
  vector('a machine\'s token', async () => {
    const { access_token } = json<Tokens>(await asClient(ours.machine, target.token, { grant_type: 'client_credentials' }))
    const answer = json(await ask(ours.records, access_token))
    expect(answer).toMatchObject({ active: true, sub: 'machine', client_id: 'machine' })
    expect(answer).not.toHaveProperty('sid')
  })
  vector('nobody', async () => isOAuthError(await post(target.introspect!, { token: await token('reporting') }), 'invalid_client', 401))
  vector('wrong secret', async () => isOAuthError(await ask({ ...ours.records, secret: 'wrong-secret-of-a-conformance-run' }, await token('reporting')), 'invalid_client', 401))
  vector('a public client', async () => isOAuthError(await ask(ours.phone, await token('reporting')), 'invalid_client', 401))
  vector('a bearer token instead of a proof', async () => isOAuthError(await post(target.introspect!, { token: 'x' }, { authorization: `Bearer ${await token('reporting')}` }), 'invalid_client', 401))
  vector('GET is 405', async () => expect((await get(`${target.introspect}?token=x`, { authorization: basic(ours.records.id, ours.records.secret) })).status).toBe(405))
})

family('AS-N32', 'a client proves itself in one way, and a wrong proof says nothing', 'ours', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  const form = (code: Code): Record<string, string> => ({ grant_type: 'authorization_code', code: code.code, redirect_uri: code.redirectUri, code_verifier: code.verifier })
  const good = basic(clients.first.id, clients.first.secret)
  const twice: [string, () => Promise<Record<string, string>>, Record<string, string>][] = [
    ['header and body', async () => ({ client_id: 'first', client_secret: clients.first.secret }), { authorization: good }],
    ['header and a wrong body', async () => ({ client_id: 'first', client_secret: 'wrong' }), { authorization: good }],
    ['header and assertion', async () => ({ client_assertion_type: assertionType, client_assertion: await assertionOf(ours.signing) }), { authorization: good }],
    ['body and assertion', async () => ({ client_id: 'first', client_secret: clients.first.secret, client_assertion_type: assertionType, client_assertion: await assertionOf(ours.signing) }), {}],
  ]
  for (const [name, extra, headers] of twice) {
    vector(name, async () => isOAuthError(await post(target.token, { ...form(await freshCode(target, await browser(), clients.first)), ...await extra() }, headers), ['invalid_request', 'invalid_client']))
  }
  vector('secret in the address', async () => isRefusedToken(await post(`${target.token}?${encode({ client_id: 'first', client_secret: clients.first.secret })}`, form(await freshCode(target, await browser(), clients.first))), 400, 401))
  vector('header beside another client_id', async () => isRefusedToken(await post(target.token, { ...form(await freshCode(target, await browser(), clients.first)), client_id: 'second' }, { authorization: good }), 400, 401))
  const wrong: [string, string][] = [
    ['wrong secret', basic('first', 'wrong-secret')], ['empty secret', basic('first', '')], ['unknown client', basic('nobody', 'wrong-secret')], ['empty id', basic('', 'wrong')], ['another client\'s secret', basic('first', clients.second.secret)],
    ['secret in capitals', basic('first', clients.first.secret.toUpperCase())], ['secret with a blank', basic('first', `${clients.first.secret} `)], ['secret and more', basic('first', `${clients.first.secret}x`)],
    ['secret with NUL behind', basic('first', `${clients.first.secret}\0`)], ['no colon', `Basic ${Buffer.from('first').toString('base64')}`], ['not base64', 'Basic !!!'], ['base64url', 'Basic __--'], ['nothing', 'Basic'], ['a blank', 'Basic '],
    ['bearer', `Bearer ${clients.first.secret}`], ['digest', 'Digest username="first"'], ['bytes that are no UTF-8', `Basic ${Buffer.from([0xff, 0xfe, 0x3a, 0x80]).toString('base64')}`], ['5,000 letters', basic('first', 'a'.repeat(5000))],
    ['a signing client with a secret', basic('signing', clients.first.secret)], ['a public client with a secret', basic('phone', 'phone-secret-of-a-conformance-run-only')], ['broken percent signs', `Basic ${Buffer.from('first:%zz%').toString('base64')}`],
  ]
  for (const [name, authorization] of wrong) {
    vector(`${name} in the header`, async () => {
      const answer = await post(target.token, form(await freshCode(target, await browser(), clients.first)), { authorization })
      isOAuthError(answer, 'invalid_client', 401)
      expect(answer.headers['www-authenticate']).toMatch(/^Basic/)
    })
  }
  for (const [name, id, secret] of [['wrong secret', 'first', 'wrong-secret'], ['unknown client', 'nobody', 'wrong-secret'], ['no secret', 'first', ''], ['no id', '', clients.first.secret], ['secret of a signing client', 'signing', 'x']] as const) {
    vector(`${name} in the body`, async () => isOAuthError(await post(target.token, { ...form(await freshCode(target, await browser(), clients.first)), client_id: id, client_secret: secret }), 'invalid_client', 401))
  }
  vector('unknown client and wrong secret look the same', async () => {
    const [unknown, known] = [await post(target.token, { grant_type: 'refresh_token' }, { authorization: basic('nobody', 'x') }), await post(target.token, { grant_type: 'refresh_token' }, { authorization: basic('first', 'x') })]
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text])
    const comparable = (answer: Answer): string[] => Object.entries(answer.headers).filter(([name]) => name !== 'date').map(([name, value]) => `${name}: ${String(value)}`)
    expect(comparable(unknown)).toEqual(comparable(known))
  })
})

family('AS-N33', 'an assertion is for us, for minutes, once', 'ours', (target, vector) => {
  const client = ours.machine2
  const now = (): number => Math.floor(Date.now() / 1000)
  const present = (assertion: string, more: Record<string, string | undefined> = {}, address = target.token): Promise<Answer> =>
    post(address, { grant_type: 'client_credentials', scope: 'figures.read', client_assertion_type: assertionType, client_assertion: assertion, ...more })
  vector('a good one passes', async () => isSuccess(await present(await assertionOf(client))))
  vector('replayed', async () => {
    const assertion = await assertionOf(client)
    isSuccess(await present(assertion))
    isOAuthError(await present(assertion), 'invalid_client', 401)
  })
  vector('the same jti in another assertion', async () => {
    const jti = random()
    isSuccess(await present(await assertionOf(client, { jti })))
    isOAuthError(await present(await assertionOf(client, { jti, exp: now() + 90 })), 'invalid_client', 401)
  })
  vector('replayed at another endpoint', async () => {
    const assertion = await assertionOf(client)
    isSuccess(await present(assertion))
    isOAuthError(await post(target.introspect!, { token: 'x', client_assertion_type: assertionType, client_assertion: assertion }), 'invalid_client', 401)
  })
  vector('twenty times at once: one passes', async () => {
    const assertion = await assertionOf(client)
    const answers = await Promise.all(Array.from({ length: 20 }, () => present(assertion)))
    expect(answers.filter(answer => answer.status === 200)).toHaveLength(1)
  })
  const claims: [string, () => Record<string, unknown>, Record<string, unknown>?][] = [
    ['aud as a list', () => ({ aud: [target.issuer] })], ['aud as a list of two', () => ({ aud: [target.issuer, target.token] })], ['aud of the token endpoint', () => ({ aud: target.token })],
    ['aud with a slash', () => ({ aud: `${target.issuer}/` })], ['aud of another server', () => ({ aud: 'https://evil.example' })], ['aud missing', () => ({ aud: undefined })], ['aud in capitals', () => ({ aud: target.issuer.toUpperCase() })],
    ['sub missing', () => ({ sub: undefined })], ['sub of another', () => ({ sub: 'signing' })], ['iss missing', () => ({ iss: undefined })], ['iss of another', () => ({ iss: 'signing' })], ['iss and sub of another', () => ({ iss: 'signing', sub: 'signing' })],
    ['iss and sub of an unknown client', () => ({ iss: 'nobody', sub: 'nobody' })], ['iss and sub of a client with a secret', () => ({ iss: 'first', sub: 'first' })],
    ['exp missing', () => ({ exp: undefined })], ['exp five minutes ago', () => ({ exp: now() - 300 })], ['exp 31 seconds ago', () => ({ exp: now() - 31 })], ['exp in an hour', () => ({ exp: now() + 3600 })], ['exp in 2^40 seconds', () => ({ exp: 2 ** 40 })],
    ['exp as text', () => ({ exp: String(now() + 60) })], ['exp null', () => ({ exp: null })], ['iat in an hour', () => ({ iat: now() + 3600 })], ['nbf in an hour', () => ({ nbf: now() + 3600 })], ['nbf as text', () => ({ nbf: 'now' })],
    ['jti missing', () => ({ jti: undefined })], ['jti empty', () => ({ jti: '' })], ['jti a number', () => ({ jti: 7 })], ['jti of 5,000 letters', () => ({ jti: 'j'.repeat(5000) })],
    ['type of an access token', () => ({}), { typ: 'at+jwt' }], ['type of a logout token', () => ({}), { typ: 'logout+jwt' }], ['an unknown crit', () => ({}), { crit: ['exp2'], exp2: 1 }],
  ]
  for (const [name, make, header] of claims) {
    vector(name, async () => {
      // The library refuses to sign an unknown crit; what it cannot make is put together by hand and must fail as well.
      const assertion = await assertionOf(client, make(), header).catch(async () => assemble({ alg: 'ES256', kid: 'machine2-key', ...header }, { iss: client.id, sub: client.id, aud: target.issuer, jti: random(), exp: now() + 60 }, Buffer.alloc(64, 1)))
      isOAuthError(await present(assertion), 'invalid_client', 401)
    })
  }
  const publicJwk = (): Record<string, unknown> => ({ ...createPublicKey(gengdu().clientKeys.machine2!).export({ format: 'jwk' }) })
  const body = (): Record<string, unknown> => ({ iss: client.id, sub: client.id, aud: target.issuer, jti: random(), iat: now(), exp: now() + 60 })
  const forged: [string, () => Promise<string> | string][] = [
    ['alg none', () => assemble({ alg: 'none' }, body())], ['alg None with a dot less', () => assemble({ alg: 'None' }, body()).slice(0, -1)],
    ['HS256 with the public key as PEM', () => hmac({ alg: 'HS256', kid: 'machine2-key' }, body(), createPublicKey(gengdu().clientKeys.machine2!).export({ type: 'spki', format: 'pem' }).toString())],
    ['HS256 with the public key as JWK', () => hmac({ alg: 'HS256', kid: 'machine2-key' }, body(), JSON.stringify(publicJwk()))],
    ['HS256 with an empty key', () => hmac({ alg: 'HS256' }, body(), '')],
    ['a foreign key', async () => (await Forger.make()).sign({ alg: 'RS256', kid: 'machine2-key' }, body())],
    ['a foreign key in the header', async () => { const forger = await Forger.make(); return forger.sign({ alg: 'PS256', jwk: forger.jwk }, body()) }],
    ['r = s = 0', () => assemble({ alg: 'ES256', kid: 'machine2-key' }, body(), Buffer.alloc(64))],
    ['another client\'s key', async () => assertionOf({ ...client, id: 'signing' }, { iss: client.id, sub: client.id })],
    ['nonsense', () => 'nonsense'], ['two dots', () => '..'], ['10,000 letters', () => 'a'.repeat(10_000)],
  ]
  for (const [name, make] of forged) vector(name, async () => isOAuthError(await present(await make()), 'invalid_client', 401))
  vector('another client_id beside it', async () => isOAuthError(await present(await assertionOf(client), { client_id: 'signing' }), ['invalid_client', 'invalid_request'], 401))
  vector('the wrong assertion type', async () => isOAuthError(await present(await assertionOf(client), { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' }), 'invalid_client', 401))
  vector('no assertion type', async () => isOAuthError(await present(await assertionOf(client), { client_assertion_type: undefined }), ['invalid_client', 'invalid_request'], 401))
  vector('the type alone', async () => isOAuthError(await present('', {}), ['invalid_client', 'invalid_request'], 401))
  for (const [endpoint, address] of [['par', target.par!], ['revoke', target.revoke], ['introspect', target.introspect!]] as const) {
    vector(`aud of the endpoint at ${endpoint}`, async () => isOAuthError(await present(await assertionOf(ours.signing, { aud: address }), { token: 'x' }, address), 'invalid_client', 401))
    vector(`a list as aud at ${endpoint}`, async () => isOAuthError(await present(await assertionOf(ours.signing, { aud: [target.issuer] }), { token: 'x' }, address), 'invalid_client', 401))
  }
  vector('a client that signs redeems its code', async () => isSuccess(await redeem(target, await freshCode(target, await signedIn(target, reporter, ours.signing), ours.signing))))
})
