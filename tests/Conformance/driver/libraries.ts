import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import type { Client } from '../suite/clients'
import { counts } from '../suite/counts'
import type { Target } from '../suite/target'
import type { Browser } from './browser'
import { type Asking, authorize } from './relying-party'

/** What a relying party holds after a sign-in, whichever library drove it. */
export interface SignedIn {
  claims: Record<string, unknown>
  idToken: string
  accessToken: string
  refreshToken: string | undefined
  expiresIn: number | undefined
}

/** A certified relying party library: builds the request, reads the answer, redeems and checks everything itself. */
export interface Library {
  name: string
  signIn(target: Target, of: Client, browser: Browser, parameters: Record<string, string>, asking?: Asking): Promise<SignedIn>
  refresh(target: Target, of: Client, token: string): Promise<{ accessToken: string; refreshToken: string | undefined }>
  userInfo(target: Target, of: Client, accessToken: string, subject: string): Promise<Record<string, unknown>>
}

const counted: typeof fetch = async (...asked) => {
  const answer = await fetch(...asked)
  counts.answered(new URL(answer.url).origin, answer.status, answer.headers.has('retry-after'), `library ${answer.url}`)
  return answer
}

const configurations = new Map<string, Promise<client.Configuration>>()

/** openid-client's own discovery: it checks the issuer, and refuses what a certified client refuses. */
export function configurationOf(target: Target, of: Client): Promise<client.Configuration> {
  const key = `${target.name} ${of.id}`
  if (!configurations.has(key)) {
    const authentication = of.auth === 'basic' ? client.ClientSecretBasic(of.secret) : client.ClientSecretPost(of.secret)
    configurations.set(key, client.discovery(new URL(target.issuer), of.id, { id_token_signed_response_alg: 'RS256' }, authentication, {
      execute: [client.allowInsecureRequests], [client.customFetch]: counted as client.CustomFetch,
    }))
  }
  return configurations.get(key)!
}

export const openidClient: Library = {
  name: 'openid-client',
  async signIn(target, of, browser, parameters, asking) {
    const configuration = await configurationOf(target, of)
    const [verifier, state, nonce] = [client.randomPKCECodeVerifier(), client.randomState(), parameters.nonce === '' ? undefined : client.randomNonce()]
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: of.redirectUri, scope: 'openid', ...parameters, state, ...(nonce === undefined ? {} : { nonce }),
      code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    })
    if (nonce === undefined) url.searchParams.delete('nonce')
    const outcome = await authorize(target, browser, [...url.searchParams], asking)
    if (outcome.atClient === undefined) throw new Error(`${target.name} did not come back: ${outcome.page.status} ${outcome.page.text.slice(0, 300)}`)
    const maxAge = parameters.max_age === undefined ? {} : { maxAge: Number(parameters.max_age) }
    const tokens = await client.authorizationCodeGrant(configuration, outcome.atClient, {
      pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true, ...maxAge,
    })
    return { claims: { ...tokens.claims() }, idToken: tokens.id_token!, accessToken: tokens.access_token, refreshToken: tokens.refresh_token, expiresIn: tokens.expires_in }
  },
  async refresh(target, of, token) {
    const tokens = await client.refreshTokenGrant(await configurationOf(target, of), token)
    return { accessToken: tokens.access_token, refreshToken: tokens.refresh_token }
  },
  async userInfo(target, of, accessToken, subject) {
    return { ...await client.fetchUserInfo(await configurationOf(target, of), accessToken, subject) }
  },
}

const insecure = { [oauth.allowInsecureRequests]: true, [oauth.customFetch]: counted } as const

const servers = new Map<string, Promise<oauth.AuthorizationServer>>()

export function serverOf(target: Target): Promise<oauth.AuthorizationServer> {
  if (!servers.has(target.name)) {
    const issuer = new URL(target.issuer)
    servers.set(target.name, oauth.discoveryRequest(issuer, insecure as never).then(answer => oauth.processDiscoveryResponse(issuer, answer)))
  }
  return servers.get(target.name)!
}

const authenticationOf = (of: Client): oauth.ClientAuth => of.auth === 'basic' ? oauth.ClientSecretBasic(of.secret) : oauth.ClientSecretPost(of.secret)

export const oauth4webapi: Library = {
  name: 'oauth4webapi',
  async signIn(target, of, browser, parameters, asking) {
    const [server, known] = [await serverOf(target), { client_id: of.id }]
    const [verifier, state, nonce] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState(), parameters.nonce === '' ? undefined : oauth.generateRandomNonce()]
    const asked = {
      client_id: of.id, response_type: 'code', redirect_uri: of.redirectUri, scope: 'openid', ...parameters, state, nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    }
    const outcome = await authorize(target, browser, asked, asking)
    if (outcome.atClient === undefined) throw new Error(`${target.name} did not come back: ${outcome.page.status} ${outcome.page.text.slice(0, 300)}`)
    const answer = oauth.validateAuthResponse(server, known, outcome.atClient, state)
    const response = await oauth.authorizationCodeGrantRequest(server, known, authenticationOf(of), answer, of.redirectUri, verifier, insecure as never)
    const tokens = await oauth.processAuthorizationCodeResponse(server, known, response, {
      expectedNonce: nonce ?? oauth.expectNoNonce, requireIdToken: true, ...(parameters.max_age === undefined ? {} : { maxAge: Number(parameters.max_age) }),
    })
    await oauth.validateApplicationLevelSignature(server, response, insecure as never)
    return { claims: { ...oauth.getValidatedIdTokenClaims(tokens)! }, idToken: tokens.id_token!, accessToken: tokens.access_token, refreshToken: tokens.refresh_token, expiresIn: tokens.expires_in }
  },
  async refresh(target, of, token) {
    const [server, known] = [await serverOf(target), { client_id: of.id }]
    const tokens = await oauth.processRefreshTokenResponse(server, known, await oauth.refreshTokenGrantRequest(server, known, authenticationOf(of), token, insecure as never))
    return { accessToken: tokens.access_token, refreshToken: tokens.refresh_token }
  },
  async userInfo(target, of, accessToken, subject) {
    const [server, known] = [await serverOf(target), { client_id: of.id }]
    return { ...await oauth.processUserInfoResponse(server, known, subject, await oauth.userInfoRequest(server, known, accessToken, insecure as never)) }
  },
}

export const libraries = [openidClient, oauth4webapi]
