import type { Server } from 'node:http'
import { afterAll, beforeAll, expect } from 'vitest'
import { Browser } from '../driver/browser'
import { signInAtGateway } from '../driver/gateway'
import { get, json } from '../driver/http'
import { audienceAt, startCalibrator } from '../running/calibrator'
import { freePorts, Running } from '../running/process'
import { gatewaySettings, serviceSettings } from '../running/services'
import { family } from '../suite/case'
import { reporter } from '../suite/people'
import { gengdu } from '../suite/target'

// The gateway and a service against a provider that is not ours. Settings alone make the difference.
let provider: Server
const running: Running[] = []
let [gateway, reporting, issuer] = ['', '', '']

beforeAll(async () => {
  const [providerPort = 0, gatewayPort = 0, reportingPort = 0] = await freePorts(3)
  gateway = `http://127.0.0.1:${gatewayPort}`
  reporting = `http://127.0.0.1:${reportingPort}`
  issuer = `http://127.0.0.1:${providerPort}`
  provider = await startCalibrator(providerPort, gateway)
  const place = { issuer, metadata: `${issuer}/.well-known/openid-configuration` }
  const service = { ...serviceSettings('reporting', gengdu().place, reportingPort, place), Identity__Audience: audienceAt('reporting') }
  const proxy = {
    ...gatewaySettings(gengdu().place, gatewayPort, place, { identity: providerPort, reporting: reportingPort }),
    Identity__Audiences__Reporting: audienceAt('reporting'), Identity__Audiences__Identity: audienceAt('identity'),
  }
  running.push(Running.start('reporting', service), Running.start('gateway', proxy))
  await Promise.all([running[0]!.untilReady(reporting), running[1]!.untilReady(gateway)])
})

afterAll(async () => {
  await Promise.all(running.map(service => service.stop()))
  provider.close()
  provider.closeAllConnections()
})

family('AS-R1', 'replaceable: another certified provider by configuration alone', 'ours', (_, vector) => {
  const browser = new Browser()

  vector('signs in at the provider through the gateway and begins a session', async () => {
    const answer = await signInAtGateway(browser, reporter, '?returnUrl=/reports', gateway)
    expect(answer.headers.location).toBe('/reports')
    expect(json(await browser.get(`${gateway}/bff/session`))).toMatchObject({ signedIn: true, name: '王老师' })
  })

  vector('calls the service with a token of the provider and gets what a person without assignments gets', async () => {
    const answer = await browser.get(`${gateway}/api/reporting/cycles`, { accept: 'application/json' })
    expect(answer.status, answer.text).toBe(200)
    expect(json(answer)).toMatchObject({ items: [], total: 0 })
  })

  vector('renews the token as often as it is needed', async () => {
    for (let i = 0; i < 3; i++) expect((await browser.get(`${gateway}/api/reporting/programmes`)).status).toBe(200)
  })

  vector('a token of our own identity is nothing here', async () => {
    const { goodToken } = await import('../suite/doors')
    const token = await goodToken('reporting')
    expect((await get(`${gateway}/api/reporting/cycles`, { authorization: `Bearer ${token}` })).status).toBe(401)
    expect((await get(`${reporting}/api/reporting/cycles`, { authorization: `Bearer ${token}` })).status).toBe(401)
  })

  vector('signs out here and says where to sign out there', async () => {
    const answer = await browser.post(`${gateway}/bff/sign-out`, {}, { 'x-gengdu-request': '1' })
    expect(answer.status).toBe(200)
    expect(json<{ redirectTo: string }>(answer).redirectTo).toMatch(new RegExp(`^${issuer}/session/end\\?`))
    expect(json(await browser.get(`${gateway}/bff/session`))).toEqual({ signedIn: false, name: null, expiresAt: null, personId: null, limitAt: null })
    expect((await browser.get(`${gateway}/api/reporting/cycles`)).status).toBe(401)
  })

})
