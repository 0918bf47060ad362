import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair } from 'jose'
import { clients } from '../suite/clients'
import { reporters } from '../suite/people'
import { gatewaySecret } from './identity'

/** What our services are called at a provider that asks for absolute addresses (RFC 8707, 2). */
export const audienceAt = (service: string): string => `urn:gengdu:${service}`

/** A person without any assignment: our services have never heard of this subject. */
export const subject = '0190b5a0-0000-7000-8000-00000000ca11'

const scope = 'openid profile email address phone offline_access'

/** The certified provider the suite is calibrated on, with the same clients and the same person. */
export async function startCalibrator(port: number, gatewayAddress?: string): Promise<Server> {
  // The provider is written for a newer Node than the one that is needed here.
  (URL as unknown as { parse?: (text: string) => URL | null }).parse ??= text => URL.canParse(text) ? new URL(text) : null
  const { default: Provider } = await import('oidc-provider')
  const account = { accountId: subject, claims: () => ({
    sub: subject, name: '王老师', preferred_username: 'one', email: 'one@example.com', email_verified: true,
    address: { country: 'CN' }, phone_number: '+86 000', phone_number_verified: false,
  }) }
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [...Object.values(clients).map(client => ({
      client_id: client.id, client_secret: client.secret, redirect_uris: client.redirectUris, post_logout_redirect_uris: [client.signedOut],
      token_endpoint_auth_method: client.auth === 'basic' ? 'client_secret_basic' as const : 'client_secret_post' as const,
      grant_types: client.grants, response_types: ['code' as const],
    })), ...(gatewayAddress === undefined ? [] : [{
      client_id: 'gateway', client_secret: gatewaySecret, redirect_uris: [`${gatewayAddress}/bff/callback`], post_logout_redirect_uris: [`${gatewayAddress}/`],
      token_endpoint_auth_method: 'client_secret_post' as const, grant_types: ['authorization_code', 'refresh_token'], response_types: ['code' as const], application_type: 'native' as const,
    }])],
    jwks: { keys: [await signingKey('RS256'), await signingKey('PS256')] },
    cookies: { keys: ['only for a test run'], long: { sameSite: 'none' } },
    enableHttpPostMethods: true,
    allowOmittingSingleRegisteredRedirectUri: false,
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'], address: ['address'], phone: ['phone_number', 'phone_number_verified'] },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false }, introspection: { enabled: true }, revocation: { enabled: true }, rpInitiatedLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_context, _client, oneOf) => oneOf ?? ['identity', 'reporting', 'supervision', 'analytics'].map(audienceAt),
        getResourceServerInfo: (_context, identifier) => ({ scope, audience: identifier, accessTokenTTL: 300, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'PS256' } } }),
      },
    },
    ttl: { AuthorizationCode: 60, AccessToken: 300, IdToken: 300, RefreshToken: 3600, Session: 8 * 3600, Interaction: 1800, Grant: 8 * 3600 },
    findAccount: (_context, id) => id === subject ? account : undefined,
    // No page that asks for consent: all clients are the house's own.
    loadExistingGrant: async context => {
      const grant = new context.oidc.provider.Grant({ clientId: context.oidc.client!.clientId, accountId: context.oidc.session!.accountId! })
      grant.addOIDCScope(scope)
      for (const service of ['identity', 'reporting', 'supervision', 'analytics']) grant.addResourceScope(audienceAt(service), scope)
      await grant.save()
      return grant
    },
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
  })
  // Complaints about loopback http and the like; what matters shows in the answers.
  provider.on('server_error', (_context, fault) => { process.stderr.write(`calibrator: ${fault.stack}\n`) })
  const answer = provider.callback()
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/interaction/')) void signIn(provider, request, response)
    else answer(request, response)
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  return server
}

async function signingKey(alg: string): Promise<object> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  return { ...await exportJWK(privateKey), alg, use: 'sig', kid: alg.toLowerCase() }
}

type Interactions = Pick<InstanceType<Awaited<typeof import('oidc-provider')>['default']>, 'interactionDetails' | 'interactionFinished'>

/** The page with name and password, as plain as ours. */
async function signIn(provider: Interactions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Asked of programs on the person's own machine, which a client with a loopback address counts as.
  if ((await provider.interactionDetails(request, response)).prompt.name === 'consent') {
    await provider.interactionFinished(request, response, { consent: {} }, { mergeWithLastSubmission: true })
    return
  }
  const told = request.method === 'POST' ? new URLSearchParams(await bodyOf(request)) : undefined
  if (told !== undefined && reporters.some(person => person.userName === told.get('userName') && person.password === told.get('password'))) {
    await provider.interactionFinished(request, response, { login: { accountId: subject } }, { mergeWithLastSubmission: false })
    return
  }
  response.writeHead(told === undefined ? 200 : 401, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  response.end(`<form method="post" action="${request.url}"><input name="userName"><input name="password" type="password"><button type="submit">OK</button></form>`)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}
