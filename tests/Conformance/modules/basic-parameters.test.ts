import { expect } from 'vitest'
import { Browser } from '../driver/browser'
import { authorize, freshCode, goodRequest, redeem, signedIn } from '../driver/relying-party'
import { module } from '../suite/case'
import { clients } from '../suite/clients'
import { reporter } from '../suite/people'
import { isErrorPage, isRefused, isSuccess } from '../suite/verdicts'

// Parameters a server may ignore but must not fall over: the sign-in page comes, and the flow ends well.
const harmless: [module: string, parameters: Record<string, string>][] = [
  ['oidcc-display-page', { display: 'page' }],
  ['oidcc-display-popup', { display: 'popup' }],
  ['oidcc-ui-locales', { ui_locales: 'se' }],
  ['oidcc-claims-locales', { claims_locales: 'se' }],
  ['oidcc-login-hint', { login_hint: reporter.userName }],
  ['oidcc-ensure-request-with-acr-values-succeeds', { acr_values: '1 2' }],
]

for (const [name, parameters] of harmless) {
  module(name, JSON.stringify(parameters), async target => {
    const code = await freshCode(target, new Browser(), clients.first, parameters, { person: reporter })
    expect(code.outcome.signIns).toBe(1)
    isSuccess(await redeem(target, code))
  })
}

module('oidcc-ensure-registered-redirect-uri', 'an unregistered address gets nothing, the person a page', async target => {
  const { params } = goodRequest(clients.first, { redirect_uri: 'https://first.example/not-registered' })
  isErrorPage(await authorize(target, new Browser(), params))
  isErrorPage(await authorize(target, await signedIn(target, reporter, clients.first), params))
})

const unsigned = (claims: Record<string, unknown>): string =>
  [{ alg: 'none' }, claims].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.'

module('oidcc-ensure-request-object-with-redirect-uri', 'an address inside a request object moves nothing', async target => {
  const { params } = goodRequest(clients.first)
  const request = unsigned({ ...params, redirect_uri: 'https://evil.example/callback' })
  isRefused(await authorize(target, new Browser(), { ...params, request }), clients.first.redirectUri, 'request_not_supported')
})

module('oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported', 'never silently ignored', async target => {
  const { params } = goodRequest(clients.first)
  isRefused(await authorize(target, new Browser(), { ...params, request: unsigned(params) }), clients.first.redirectUri, 'request_not_supported')
})

module('oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported', 'never silently ignored, never fetched', async target => {
  const { params } = goodRequest(clients.first)
  isRefused(await authorize(target, new Browser(), { ...params, request_uri: 'https://first.example/request.jwt' }), clients.first.redirectUri, 'request_uri_not_supported', 'invalid_request_uri', 'invalid_request')
})
