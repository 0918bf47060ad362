import { expect } from 'vitest'
import { get, json } from '../driver/http'
import { asClient, authorize, freshTokens, goodRequest, freshCode, redeem, refresh, signedIn, type Tokens } from '../driver/relying-party'
import { family, WrongAccept } from '../suite/case'
import { type Client, clients, ours } from '../suite/clients'
import { once } from '../suite/once'
import { reporter } from '../suite/people'
import { isErrorAtClient, isOAuthError, isRefusedToken, isSuccess, Verdict } from '../suite/verdicts'

family('AS-N25', 'a refresh cannot widen the scope', 'both', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  for (const scope of ['openid profile offline_access', 'profile', 'openid offline_access email', 'OPENID', 'openid unknown', 'openid\tprofile', `openid ${'a'.repeat(400)}`]) {
    vector(`"${scope.slice(0, 40)}"`, async () => {
      const tokens = await freshTokens(target, await browser(), clients.first, { scope: 'openid offline_access' })
      const answer = await refresh(target, clients.first, tokens.refresh_token, { scope })
      isOAuthError(answer, ['invalid_scope', 'invalid_request', 'invalid_grant'])
    })
  }
})

family('AS-N25', 'nobody gets a scope, a grant or a service that is not theirs', 'ours', (target, vector) => {
  const machine = (scope: string | undefined, more: Record<string, string> = {}, client: Client = ours.machine): ReturnType<typeof asClient> =>
    asClient(client, target.token, { grant_type: 'client_credentials', scope, ...more })
  vector('a machine gets its own', async () => {
    const answer = await machine('figures.read', { resource: 'reporting' })
    isSuccess(answer)
    expect(json(answer)).toMatchObject({ scope: 'figures.read' })
    expect(json(answer)).not.toHaveProperty('refresh_token')
    expect(json(answer)).not.toHaveProperty('id_token')
  })
  for (const scope of ['openid', 'profile', 'offline_access', 'figures.read openid', 'figures.write', 'figures.read figures.write', 'FIGURES.READ', 'figures.read\tfigures.write', '*', 'figures.*', 'figures', `figures.read ${'a'.repeat(300)}`, 'figures.read\0', '耕读']) {
    vector(`a machine asks for "${scope.slice(0, 40)}"`, async () => isOAuthError(await machine(scope), ['invalid_scope', 'invalid_request']))
  }
  vector('a second machine asks for the first one\'s', async () => isOAuthError(await machine('reports.read', {}, ours.machine2), 'invalid_scope'))
  for (const resource of ['identity', 'supervision', 'analytics', 'gateway', 'REPORTING', 'reporting/', 'https://evil.example', 'reporting supervision', '*']) {
    vector(`a machine asks for the service "${resource}"`, async () => isOAuthError(await machine('figures.read', { resource }), ['invalid_target', 'invalid_request']))
    if (resource !== 'identity') continue
    vector('a machine\'s token is no person\'s: not at UserInfo', async () => isRefusedToken(await get(target.userInfo, { authorization: `Bearer ${json<Tokens>(await machine('figures.read')).access_token}` }), 401, 403))
  }
  for (const client of [clients.first, clients.post, ours.phone, ours.narrow, ours.signing, ours.records]) {
    vector(`${client.id} acts for itself`, async () => isOAuthError(await asClient(client, target.token, { grant_type: 'client_credentials' }), ['unauthorized_client', 'invalid_client'], client.auth === 'none' ? 400 : 400))
  }
  for (const grant_type of ['password', 'implicit', 'urn:ietf:params:oauth:grant-type:device_code', 'urn:openid:params:grant-type:ciba', 'urn:ietf:params:oauth:grant-type:token-exchange', 'urn:ietf:params:oauth:grant-type:jwt-bearer', 'AUTHORIZATION_CODE', 'authorization_code refresh_token', '', 'none']) {
    vector(`grant_type "${grant_type}"`, async () => isOAuthError(await asClient(clients.first, target.token, { grant_type, username: reporter.userName, password: reporter.password, scope: 'openid' }), ['unsupported_grant_type', 'invalid_request', 'unauthorized_client']))
  }
  vector('a client without refresh_token asks for offline_access', async () => {
    const answer = await redeem(target, await freshCode(target, await signedIn(target, reporter, ours.narrow), ours.narrow, { scope: 'openid offline_access profile' }))
    isSuccess(answer)
    const tokens = json<Tokens>(answer)
    if (tokens.refresh_token !== undefined || /offline_access|profile/.test(tokens.scope)) throw new WrongAccept(JSON.stringify(tokens.scope))
  })
  vector('a client for one service asks for another', async () => isOAuthError(await redeem(target, await freshCode(target, await signedIn(target, reporter, ours.narrow), ours.narrow), { resource: 'identity' }), ['invalid_target']))
  vector('a machine asks for a person', async () => isOAuthError(await asClient(ours.machine, target.token, { grant_type: 'authorization_code', code: 'x', redirect_uri: 'https://machine.example/', code_verifier: 'a'.repeat(43) }), ['unauthorized_client', 'invalid_grant']))
  for (const [name, scope] of [['none known', 'unknown'], ['empty', ''], ['in capitals', 'OPENID PROFILE'], ['301 characters', `openid ${'a'.repeat(294)}`]] as const) {
    vector(`at authorize: ${name}`, async () => isErrorAtClient(await authorize(target, await signedIn(target, reporter, clients.first), goodRequest(clients.first, { scope }).params), clients.first.redirectUri, 'invalid_scope', 'invalid_request'))
  }
  vector('at authorize: unknown ones beside a known one are not granted', async () => {
    const tokens = await freshTokens(target, await signedIn(target, reporter, clients.first), clients.first, { scope: 'openid admin root figures.read' })
    if (tokens.scope !== 'openid') throw new WrongAccept(tokens.scope)
  })
})

family('AS-N46', 'UserInfo is for tokens with openid', 'ours', (target, vector) => {
  for (const scope of ['profile', 'offline_access', 'profile offline_access']) {
    vector(`scope ${scope}`, async () => {
      const answer = await redeem(target, await freshCode(target, await signedIn(target, reporter, clients.first), clients.first, { scope }))
      isSuccess(answer)
      const tokens = json<Tokens>(answer)
      if (tokens.id_token !== undefined) throw new WrongAccept('an id token without openid')
      const told = await get(target.userInfo, { authorization: `Bearer ${tokens.access_token}` })
      isRefusedToken(told, 403)
      if (!/insufficient_scope/.test(`${String(told.headers['www-authenticate'])} ${told.text}`)) throw new Verdict('insufficient_scope is not named')
    })
  }
})
