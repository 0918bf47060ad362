import { expect } from 'vitest'
import { get, json } from '../driver/http'
import { configurationOf, serverOf } from '../driver/libraries'
import { module } from '../suite/case'
import { clients } from '../suite/clients'
import { isSuccess } from '../suite/verdicts'

const registered = [
  'issuer', 'authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri', 'registration_endpoint', 'scopes_supported', 'response_types_supported',
  'response_modes_supported', 'grant_types_supported', 'acr_values_supported', 'subject_types_supported', 'id_token_signing_alg_values_supported',
  'userinfo_signing_alg_values_supported', 'request_object_signing_alg_values_supported', 'token_endpoint_auth_methods_supported', 'token_endpoint_auth_signing_alg_values_supported',
  'display_values_supported', 'claim_types_supported', 'claims_supported', 'service_documentation', 'claims_locales_supported', 'ui_locales_supported',
  'claims_parameter_supported', 'request_parameter_supported', 'request_uri_parameter_supported', 'require_request_uri_registration', 'op_policy_uri', 'op_tos_uri',
  'revocation_endpoint', 'revocation_endpoint_auth_methods_supported', 'revocation_endpoint_auth_signing_alg_values_supported', 'introspection_endpoint',
  'introspection_endpoint_auth_methods_supported', 'introspection_endpoint_auth_signing_alg_values_supported', 'code_challenge_methods_supported', 'prompt_values_supported',
  'end_session_endpoint', 'backchannel_logout_supported', 'backchannel_logout_session_supported', 'frontchannel_logout_supported', 'frontchannel_logout_session_supported',
  'authorization_response_iss_parameter_supported', 'pushed_authorization_request_endpoint', 'require_pushed_authorization_requests', 'dpop_signing_alg_values_supported',
  'protected_resources', 'require_signed_request_object',
]

const strings = (value: unknown): value is string[] => Array.isArray(value) && value.length > 0 && value.every(entry => typeof entry === 'string')

module('oidcc-discovery-endpoint-verification', 'the 28 conditions on the discovery document and the keys', async target => {
  const answer = await get(`${target.issuer}/.well-known/openid-configuration`)
  isSuccess(answer)
  expect(answer.headers['content-type']).toMatch(/^application\/json/)
  const document = json<Record<string, unknown>>(answer)
  expect(document.issuer).toBe(target.issuer)
  expect(new URL(String(document.issuer)).search + new URL(String(document.issuer)).hash).toBe('')
  for (const required of ['response_types_supported', 'subject_types_supported', 'id_token_signing_alg_values_supported']) expect(strings(document[required]), required).toBe(true)
  expect(document.response_types_supported).toContain('code')
  expect((document.subject_types_supported as string[]).filter(type => type !== 'public' && type !== 'pairwise')).toEqual([])
  expect(document.id_token_signing_alg_values_supported).toContain('RS256')

  // All endpoints are as safe as the issuer: https in production, loopback http here.
  const scheme = new URL(target.issuer).protocol
  for (const name of Object.keys(document).filter(name => /_endpoint$|^jwks_uri$/.test(name))) expect(new URL(String(document[name])).protocol, name).toBe(scheme)
  for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint']) expect(document, name).toHaveProperty(name)

  expect(document.grant_types_supported).toContain('authorization_code')
  expect(document.scopes_supported).toContain('openid')
  for (const scope of document.scopes_supported as string[]) expect(scope).toMatch(/^[\x21\x23-\x5b\x5d-\x7e]+$/)
  for (const name of ['ui_locales_supported', 'claims_locales_supported']) {
    for (const locale of (document[name] ?? []) as string[]) expect(Intl.getCanonicalLocales(locale), name).toEqual([locale])
  }
  expect(strings(document.code_challenge_methods_supported)).toBe(true)
  expect(document.code_challenge_methods_supported).toContain('S256')
  for (const flag of ['claims_parameter_supported', 'request_parameter_supported', 'request_uri_parameter_supported']) {
    expect([undefined, true, false], flag).toContain(document[flag])
  }
  expect(Object.keys(document).filter(member => !registered.includes(member))).toEqual([])

  const keys = json<{ keys: Record<string, unknown>[] }>(await get(target.jwks)).keys
  expect(keys.length).toBeGreaterThan(0)
  for (const key of keys) {
    for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']) expect(key, 'no private or symmetric part').not.toHaveProperty(secret)
    expect(['RSA', 'EC', 'OKP']).toContain(key.kty)
    expect(['sig', 'enc', undefined]).toContain(key.use)
    await crypto.subtle.importKey('jwk', { ...key, ext: true } as JsonWebKey, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, true, ['verify']).catch(async () =>
      crypto.subtle.importKey('jwk', { ...key, ext: true } as JsonWebKey, { name: 'RSA-PSS', hash: 'SHA-256' }, true, ['verify']))
  }
  expect(new Set(keys.map(key => key.kid)).size).toBe(keys.length)

  // Both libraries take it.
  await configurationOf(target, clients.first)
  await serverOf(target)
})
