import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect } from 'vitest'
import { Browser } from '../driver/browser'
import { forms } from '../driver/forms'
import { signInAtGateway } from '../driver/gateway'
import { get, json, send } from '../driver/http'
import { authorize, freshTokens, goodRequest } from '../driver/relying-party'
import { administratorToken } from '../running/people'
import { inDatabase } from '../running/postgres'
import { freePorts, migrate, Running } from '../running/process'
import { serviceSettings } from '../running/services'
import { family, WrongAccept } from '../suite/case'
import { clients, ours } from '../suite/clients'
import { others } from '../suite/people'
import { gengdu } from '../suite/target'
import { isSuccess } from '../suite/verdicts'

const person = others.ending

/** Milliseconds until it holds. */
async function until(holds: () => Promise<boolean>, most: number, what: string): Promise<number> {
  const started = performance.now()
  while (!await holds()) {
    if (performance.now() - started > most) throw new WrongAccept(`${what}: not within ${most} ms`)
    await setTimeout(50)
  }
  return performance.now() - started
}

// Promised: a second at the gateway, five at every service. A busy machine gets some more, which still tells it from "never".
const [atGateway, atService] = process.env.GENGDU_ENDED === 'strict' ? [1000, 5000] : [3000, 8000]

family('AS-C56', 'a sign-in that ended is over everywhere', 'ours', (target, vector) => {
  const { gateway, issuer, metadata, place, personIds } = gengdu()
  const running: Running[] = []
  const doors: Record<string, string> = { identity: `${new URL(issuer).origin}/api/identity/me`, reporting: `${gengdu().reporting}/api/reporting/cycles` }

  beforeAll(async () => {
    const [supervision = 0, analytics = 0] = await freePorts(2)
    for (const [service, port, path] of [['supervision', supervision, 'reviews'], ['analytics', analytics, 'cycles']] as const) {
      const settings = serviceSettings(service, place, port, { issuer, metadata })
      await migrate(service, settings)
      running.push(Running.start(service, settings))
      doors[service] = `http://127.0.0.1:${port}/api/${service}/${path}`
    }
    await Promise.all([running[0]!.untilReady(`http://127.0.0.1:${supervision}`), running[1]!.untilReady(`http://127.0.0.1:${analytics}`)])
  }, 120_000)

  afterAll(async () => { await Promise.all(running.map(service => service.stop())) })

  async function everywhere(): Promise<{ browser: Browser; isOver: () => Promise<void> }> {
    const browser = new Browser()
    await signInAtGateway(browser, person)
    const signedIn = async (): Promise<boolean> => json<{ signedIn: boolean }>(await browser.get(`${gateway}/bff/session`)).signedIn
    // Another client in the same sign-in: its tokens, one for each service, name the same session.
    const tokens: Record<string, string> = {}
    for (const service of Object.keys(doors)) tokens[service] = (await freshTokens(target, browser, ours.everywhere, {}, { resource: service })).access_token
    const taken = async (service: string): Promise<boolean> => (await get(doors[service]!, { authorization: `Bearer ${tokens[service]}` })).status !== 401
    isSuccess(await browser.get(`${gateway}/api/reporting/cycles`))
    expect([await signedIn(), ...await Promise.all(Object.keys(doors).map(taken))]).toEqual([true, true, true, true, true])
    return {
      browser,
      isOver: async () => {
        await Promise.all([
          until(async () => !await signedIn(), atGateway, 'the gateway\'s session'),
          ...Object.keys(doors).map(service => until(async () => !await taken(service), atService, `the token at ${service}`)),
        ])
      },
    }
  }

  vector('disabled by the desk, and not back when enabled again', async () => {
    const { isOver } = await everywhere()
    const account = `${new URL(issuer).origin}/api/identity/people/${personIds[person.userName]}/disabled`
    const headers = { authorization: `Bearer ${await administratorToken(target)}` }
    expect((await send('PUT', account, { headers })).status).toBe(204)
    await isOver()
    expect((await send('DELETE', account, { headers })).status).toBe(204)
    await isOver()
  })

  vector('signed out at identity', async () => {
    const { browser, isOver } = await everywhere()
    const asking = forms(await browser.get(target.endSession)).find(form => form.method === 'POST')!
    isSuccess(await browser.post(asking.action, asking.fields))
    await isOver()
  })

  vector('signed out at the gateway and on to identity', async () => {
    const { browser, isOver } = await everywhere()
    const { redirectTo } = json<{ redirectTo: string }>(await browser.post(`${gateway}/bff/sign-out`, {}, { 'x-gengdu-request': '1' }))
    await browser.follow(await browser.get(redirectTo), [new URL(issuer).origin])
    await isOver()
  })

  vector('signed in again in the same browser: the former sign-in is over', async () => {
    const { browser, isOver } = await everywhere()
    await authorize(target, browser, goodRequest(clients.first, { prompt: 'login' }).params, { person })
    await isOver()
  })

  vector('no logout notice is left behind', async () => {
    const waiting = async (): Promise<number> => Number((await inDatabase(place.database, 'select count(*) as n from identity.logout_notices where person_id = $1', [personIds[person.userName]]))[0]!.n)
    await until(async () => await waiting() === 0, 10_000, 'the notices')
  })
})
