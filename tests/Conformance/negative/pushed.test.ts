import { expect } from 'vitest'
import { Browser } from '../driver/browser'
import { get, post } from '../driver/http'
import { letExpire, push } from '../driver/pushing'
import { asClient, authorize, goodRequest, redeem, signedIn } from '../driver/relying-party'
import { family, WrongAccept } from '../suite/case'
import { clients, ours } from '../suite/clients'
import { once } from '../suite/once'
import { reporter } from '../suite/people'
import { isErrorAtClient, isErrorPage, isOAuthError, isSuccess, isUncached, Verdict } from '../suite/verdicts'

family('AS-N44', 'a pushed request is one client\'s, for a while, once', 'ours', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  const show = async (client_id: string, request_uri: string, more: Record<string, string> = {}): ReturnType<typeof authorize> => authorize(target, await browser(), { client_id, request_uri, ...more })
  vector('a good one ends in a code', async () => {
    const pushed = await push(target, ours.pushing)
    expect(pushed.answer.status).toBe(201)
    isUncached(pushed.answer)
    const { params: { code = '' } } = await show('pushing', pushed.requestUri)
    isSuccess(await redeem(target, { code, verifier: pushed.verifier, client: ours.pushing, redirectUri: ours.pushing.redirectUri }))
  })
  for (const thief of ['first', 'signing', 'nobody', '']) {
    vector(`shown by "${thief}"`, async () => isErrorPage(await show(thief, (await push(target, ours.pushing)).requestUri)))
  }
  vector('shown without client_id', async () => isErrorPage(await authorize(target, await browser(), { request_uri: (await push(target, ours.pushing)).requestUri })))
  vector('completed', async () => {
    const { requestUri } = await push(target, ours.pushing)
    expect((await show('pushing', requestUri)).params.code).toBeDefined()
    isErrorPage(await show('pushing', requestUri))
  })
  vector('completed twenty times at once: one code', async () => {
    const { requestUri } = await push(target, ours.pushing)
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => show('pushing', requestUri)))
    const codes = outcomes.filter(outcome => outcome.params.code !== undefined)
    if (codes.length > 1) throw new WrongAccept(`${codes.length} codes`)
    expect(codes).toHaveLength(1)
  })
  vector('looked at before it is completed: still good', async () => {
    const { requestUri } = await push(target, ours.pushing)
    const fresh = new Browser()
    await authorize(target, fresh, { client_id: 'pushing', request_uri: requestUri })
    await authorize(target, fresh, { client_id: 'pushing', request_uri: requestUri })
    expect((await authorize(target, fresh, { client_id: 'pushing', request_uri: requestUri }, { person: reporter })).params.code).toBeDefined()
  })
  vector('never shown, 91 seconds old', async () => {
    const { requestUri } = await push(target, ours.pushing)
    await letExpire(requestUri)
    isErrorPage(await show('pushing', requestUri))
  })
  for (const [name, uri] of [
    ['unknown', 'urn:ietf:params:oauth:request_uri:unknown'], ['empty behind the prefix', 'urn:ietf:params:oauth:request_uri:'], ['with NUL', 'urn:ietf:params:oauth:request_uri:\0'], ['of 5,000 letters', `urn:ietf:params:oauth:request_uri:${'a'.repeat(5000)}`],
    ['an address', 'https://evil.example/request'], ['a file', 'file:///etc/passwd'], ['the metadata of a cloud', 'http://169.254.169.254/'],
  ] as const) {
    vector(`request_uri ${name}`, async () => isErrorPage(await show('pushing', uri)))
  }
  for (const [name, value] of [['redirect_uri', 'https://evil.example/'], ['scope', 'openid profile offline_access'], ['state', 'bent'], ['response_type', 'token'], ['code_challenge', 'a'.repeat(43)], ['prompt', 'none'], ['nonce', 'bent']] as const) {
    vector(`${name} beside it bends nothing`, async () => {
      const pushed = await push(target, ours.pushing)
      const outcome = await show('pushing', pushed.requestUri, { [name]: value })
      if (outcome.atClient === undefined) return
      if (!outcome.atClient.toString().startsWith(`${ours.pushing.redirectUri}?`) || (outcome.params.state !== pushed.params.state)) throw new WrongAccept(outcome.atClient.toString())
      if (outcome.params.code) isSuccess(await redeem(target, { code: outcome.params.code, verifier: pushed.verifier, client: ours.pushing, redirectUri: ours.pushing.redirectUri }))
    })
  }
  vector('a client that must push sends its request openly', async () => isErrorAtClient(await authorize(target, await browser(), goodRequest(ours.pushing).params), ours.pushing.redirectUri, 'invalid_request'))
  for (const [name, more] of Object.entries({
    'a foreign redirect_uri': { redirect_uri: 'https://evil.example/' }, 'no redirect_uri': { redirect_uri: undefined }, 'no challenge': { code_challenge: undefined }, 'method plain': { code_challenge_method: 'plain' }, 'no method': { code_challenge_method: undefined },
    'response_type token': { response_type: 'token' }, 'a request_uri of its own': { request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 'a request object': { request: 'a.b.c' }, 'a state of 5,000 letters': { state: 'a'.repeat(5000) }, 'an unknown scope': { scope: 'unknown' },
    'the client_id of another': { client_id: 'first' },
  } as Record<string, Record<string, string | undefined>>)) {
    vector(`pushed with ${name}`, async () => {
      const { answer } = await push(target, ours.pushing, more)
      if (answer.status === 201) throw new WrongAccept(answer.text)
      if (answer.status < 400 || answer.status > 499) throw new Verdict(`${answer.status}`)
    })
  }
  vector('pushed by nobody', async () => isOAuthError(await post(target.par!, goodRequest(ours.pushing).params), 'invalid_client', 401))
  vector('pushed with a wrong secret', async () => isOAuthError(await asClient({ ...clients.first, secret: 'wrong-secret-of-a-conformance-run' }, target.par!, goodRequest(clients.first).params), 'invalid_client', 401))
  vector('pushed with a parameter twice', async () => isOAuthError(await post(target.par!, [...Object.entries(goodRequest(clients.first).params) as [string, string][], ['client_secret', clients.first.secret], ['scope', 'profile']]), ['invalid_request', 'invalid_client']))
  vector('GET is 405', async () => expect((await get(target.par!)).status).toBe(405))
  vector('its parameters stand in no cookie and no page address (CVE-2024-4540)', async () => {
    const fresh = new Browser()
    const pushed = await push(target, ours.pushing, { state: 'state-to-look-for', nonce: 'nonce-to-look-for', login_hint: 'hint-to-look-for' })
    const first = await fresh.get(`${target.authorize}?client_id=pushing&request_uri=${encodeURIComponent(pushed.requestUri)}`)
    const { answer } = await fresh.follow(first, [new URL(target.issuer).origin])
    const seen = `${fresh.cookieHeader(target.authorize)} ${String(first.headers.location)} ${answer.url} ${Buffer.from(String(first.headers.location), 'base64url').toString('latin1')}`
    if (/state-to-look-for|nonce-to-look-for/.test(seen)) throw new WrongAccept(seen.slice(0, 300))
  })
})
