import { Browser } from '../driver/browser'
import { signInForm } from '../driver/forms'
import { encode, location, post, send } from '../driver/http'
import { authorize, basic, finish, freshCode, goodRequest, random, redeem, signedIn } from '../driver/relying-party'
import { family, WrongAccept } from '../suite/case'
import { clients } from '../suite/clients'
import { once } from '../suite/once'
import { reporter } from '../suite/people'
import { isErrorAtClient, isOAuthError, isRefused, Verdict } from '../suite/verdicts'

const pairsOf = (params: Record<string, string | undefined>): [string, string][] => Object.entries(params).filter((pair): pair is [string, string] => pair[1] !== undefined)

family('AS-N05', 'a parameter that comes twice spoils the request', 'both', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  const second: Record<string, string> = {
    client_id: 'second', redirect_uri: 'https://evil.example/callback', response_type: 'token', scope: 'profile', state: 'other', nonce: 'other',
    code_challenge: random(), code_challenge_method: 'plain',
  }
  for (const [name, value] of Object.entries(second)) {
    for (const [how, twice] of [['other value behind', value], ['other value before', value], ['same value', undefined]] as const) {
      const pairs = (): [string, string][] => {
        const { params } = goodRequest(clients.first)
        const extra: [string, string] = [name, twice ?? params[name] ?? '']
        return how === 'other value before' ? [extra, ...pairsOf(params)] : [...pairsOf(params), extra]
      }
      vector(`${name}, ${how}, GET`, async () => isRefused(await authorize(target, await browser(), pairs()), clients.first.redirectUri, 'invalid_request'))
      vector(`${name}, ${how}, POST`, async () => isRefused(await authorize(target, await browser(), pairs(), { method: 'POST' }), clients.first.redirectUri, 'invalid_request'))
    }
    vector(`${name}, once in the address and once in the body`, async () => {
      const signed = await browser()
      const answer = await signed.post(`${target.authorize}?${encode({ [name]: value })}`, goodRequest(clients.first).params)
      isRefused(await finish(await signed.follow(answer, [new URL(target.issuer).origin]), signed, [new URL(target.issuer).origin]), clients.first.redirectUri, 'invalid_request')
    })
  }
  for (const name of ['grant_type', 'code', 'redirect_uri', 'code_verifier', 'client_id', 'resource']) {
    vector(`${name} at the token endpoint`, async () => {
      const code = await freshCode(target, await browser(), clients.first)
      const form = pairsOf({ grant_type: 'authorization_code', code: code.code, redirect_uri: code.redirectUri, code_verifier: code.verifier, client_id: 'first', resource: 'identity' })
      const value = form.find(([key]) => key === name)![1]
      isOAuthError(await post(target.token, [...form, [name, value]], { authorization: basic(clients.first.id, clients.first.secret) }), ['invalid_request', 'invalid_target'])
    })
  }
})

family('AS-N06', 'no response type but code', 'both', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  const types = ['token', 'id_token', 'code id_token', 'code token', 'code id_token token', 'id_token token', 'none', 'CODE', 'code ', ' code', 'code code', 'code,token', 'foo', 'code\ttoken', '']
  for (const response_type of types) {
    for (const method of ['GET', 'POST'] as const) {
      vector(`"${response_type}" ${method}`, async () => isRefused(await authorize(target, await browser(), goodRequest(clients.first, { response_type }).params, { method }),
        clients.first.redirectUri, 'unsupported_response_type', 'invalid_request', 'unauthorized_client'))
    }
  }
  for (const response_mode of ['fragment', 'form_post', 'web_message', 'query.jwt', 'jwt', 'foo']) {
    vector(`response_mode ${response_mode}`, async () => isRefused(await authorize(target, await browser(), goodRequest(clients.first, { response_mode }).params),
      clients.first.redirectUri, 'unsupported_response_mode', 'invalid_request'))
  }
  // The request waits in the sign-in form; what is posted beside it must not bend it (CVE-2026-7571).
  for (const [name, value] of [['response_type', 'token'], ['redirect_uri', 'https://evil.example/'], ['client_id', 'second'], ['scope', 'openid profile offline_access'], ['state', 'bent']] as const) {
    for (const where of ['form', 'address'] as const) {
      vector(`${name} altered in the posted sign-in ${where}`, async () => {
        const fresh = new Browser()
        const origins = [new URL(target.issuer).origin]
        const { params } = goodRequest(clients.first)
        const { answer } = await fresh.follow(await fresh.get(`${target.authorize}?${encode(params)}`), origins)
        const form = signInForm(answer)!
        const fields = { ...form.fields, [form.nameField!]: reporter.userName, [form.passwordField!]: reporter.password, ...(where === 'form' ? { [name]: value } : {}) }
        const action = where === 'form' ? form.action : `${form.action}${form.action.includes('?') ? '&' : '?'}${encode({ [name]: value })}`
        const outcome = await finish(await fresh.follow(await fresh.post(action, fields), origins), fresh, origins)
        const at = outcome.atClient?.toString() ?? ''
        if (outcome.atClient === undefined) return
        if (!at.startsWith(`${clients.first.redirectUri}?`) || outcome.params.state !== params.state || at.includes('access_token')) throw new WrongAccept(at)
      })
    }
  }
})

family('AS-N07', 'no code without a proof key by S256', 'both', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  const bad: [string, Record<string, string | undefined>][] = [
    ['challenge missing', { code_challenge: undefined }],
    ['challenge and method missing', { code_challenge: undefined, code_challenge_method: undefined }],
    ['challenge empty', { code_challenge: '' }],
    ['method plain', { code_challenge_method: 'plain' }],
    ['method missing', { code_challenge_method: undefined }],
    ['method empty', { code_challenge_method: '' }],
    ['method s256', { code_challenge_method: 's256' }],
    ['method S512', { code_challenge_method: 'S512' }],
    ['method with a blank', { code_challenge_method: 'S256 ' }],
  ]
  for (const [name, more] of bad) {
    for (const method of ['GET', 'POST'] as const) {
      vector(`${name} ${method}`, async () => isErrorAtClient(await authorize(target, await browser(), goodRequest(clients.first, more).params, { method }), clients.first.redirectUri, 'invalid_request'))
    }
  }
})

family('AS-N08', 'challenge and verifier have 43 to 128 characters of the unreserved set', 'both', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  const illFormed: [string, string][] = [
    ['42 characters', 'a'.repeat(42)], ['129 characters', 'a'.repeat(129)], ['one character', 'a'], ['4,000 characters', 'a'.repeat(4000)],
    ['a plus', `${'a'.repeat(42)}+`], ['a slash', `${'a'.repeat(42)}/`], ['an equals sign', `${'a'.repeat(43)}=`], ['a blank', `${'a'.repeat(42)} `],
    ['a NUL', `${'a'.repeat(42)}\0`], ['a letter of another alphabet', `${'a'.repeat(42)}耕`], ['a line feed', `${'a'.repeat(43)}\n`],
  ]
  for (const [name, value] of illFormed) {
    vector(`challenge with ${name}`, async () => isErrorAtClient(await authorize(target, await browser(), goodRequest(clients.first, { code_challenge: value }).params), clients.first.redirectUri, 'invalid_request'))
    vector(`verifier with ${name}`, async () => {
      const code = await freshCode(target, await browser(), clients.first)
      isOAuthError(await redeem(target, { ...code, verifier: value }), ['invalid_grant', 'invalid_request'])
    })
  }
})

family('AS-N45', 'what is not a form, or far too long, is refused without a fault', 'both', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  const bodies: [string, string, string | Buffer][] = [
    ['JSON', 'application/json', '{"grant_type":"authorization_code"}'],
    ['XML', 'application/xml', '<grant_type>authorization_code</grant_type>'],
    ['plain text', 'text/plain', 'grant_type=authorization_code'],
    ['no content type', '', 'grant_type=authorization_code'],
    ['multipart', 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="grant_type"\r\n\r\nauthorization_code\r\n--x--\r\n'],
    ['multipart without boundary', 'multipart/form-data', 'a'],
    ['nonsense content type', '/;;=', 'a=b'],
    ['bytes that are no UTF-8', 'application/x-www-form-urlencoded', Buffer.from([0x61, 0x3d, 0xff, 0xfe, 0x26, 0x80])],
    ['broken percent signs', 'application/x-www-form-urlencoded', 'grant_type=%zz&code=%&%=%'],
    ['another charset', 'application/x-www-form-urlencoded; charset=utf-7', 'grant_type=authorization_code'],
    ['an unknown charset', 'application/x-www-form-urlencoded; charset=x-none', 'grant_type=authorization_code'],
    ['nothing', 'application/x-www-form-urlencoded', ''],
    ['2,000 parameters', 'application/x-www-form-urlencoded', Array.from({ length: 2000 }, (_, i) => `a${i}=b`).join('&')],
    ['a name of 5,000 letters', 'application/x-www-form-urlencoded', `${'a'.repeat(5000)}=b`],
    ['a code of 1 MB', 'application/x-www-form-urlencoded', `grant_type=authorization_code&code=${'a'.repeat(1_000_000)}`],
    ['NUL', 'application/x-www-form-urlencoded', 'grant_type=authorization_code&code=%00&redirect_uri=%00'],
  ]
  const endpoints: [string, string][] = [['token', target.token], ['revoke', target.revoke], ['authorize', target.authorize], ['end-session', target.endSession]]
  if (target.introspect) endpoints.push(['introspect', target.introspect])
  if (target.par) endpoints.push(['par', target.par])
  if (target.name === 'gengdu') for (const page of ['sign-in', 'invitation', 'reset']) endpoints.push([page, `${target.issuer}/${page}`])
  for (const [endpoint, address] of endpoints) {
    for (const [name, type, body] of bodies) {
      vector(`${name} at ${endpoint}`, async () => {
        const answer = await send('POST', address, { headers: { ...(type ? { 'content-type': type } : {}), authorization: basic(clients.first.id, clients.first.secret) }, body })
        if (answer.status >= 500) throw new Verdict(`${answer.status} ${answer.text.slice(0, 200)}`)
        // Signing nobody out without being asked where to go is all that may succeed.
        if (answer.status < 400 && !(endpoint === 'end-session' && location(answer) === undefined) && !(endpoint === 'revoke')) throw new WrongAccept(`${answer.status} ${answer.headers.location ?? ''}`)
      })
    }
  }
  const limits: [string, string, number][] = [['state', 'a', 1_000_000], ['nonce', 'a', 10_000], ['scope', 'openid ', 10_000], ['login_hint', 'a', 10_000], ['ui_locales', 'en ', 10_000], ['acr_values', 'a ', 10_000], ['max_age', '9', 30], ['claims', '{', 20_000]]
  for (const [name, unit, times] of limits) {
    vector(`${name} of ${unit.length * times} characters, posted`, async () => {
      const outcome = await authorize(target, await browser(), goodRequest(clients.first, { [name]: unit.repeat(times) }).params, { method: 'POST' })
      if (outcome.page.status >= 500) throw new Verdict(`${outcome.page.status}`)
      if (outcome.atClient !== undefined && !outcome.atClient.toString().startsWith(clients.first.redirectUri)) throw new WrongAccept(outcome.atClient.toString())
    })
  }
  for (const max_age of ['-1', '1.5', 'abc', '', '1e3', '0xfff', '９', '+5000', ' 5000']) {
    vector(`max_age "${max_age}"`, async () => {
      const outcome = await authorize(target, await browser(), goodRequest(clients.first, { max_age, prompt: 'none' }).params)
      if (outcome.page.status >= 500) throw new Verdict(`${outcome.page.status}`)
      if (max_age !== '' && outcome.params.code !== undefined) throw new WrongAccept('a code was given out')
    })
  }
  for (const prompt of ['nonsense', 'none login', 'login none', 'NONE', 'create', 'select_account login none']) {
    vector(`prompt "${prompt}"`, async () => isRefused(await authorize(target, await browser(), goodRequest(clients.first, { prompt }).params), clients.first.redirectUri, 'invalid_request'))
  }
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE']) {
    for (const [endpoint, address] of endpoints) {
      vector(`${method} at ${endpoint}`, async () => {
        const answer = await send(method, address, { headers: { authorization: basic(clients.first.id, clients.first.secret) } })
        if (answer.status >= 500) throw new Verdict(`${answer.status}`)
        if (answer.status < 400 && method !== 'OPTIONS') throw new WrongAccept(`${answer.status}`)
      })
    }
  }
})
