import { setTimeout } from 'node:timers/promises'
import { Browser } from '../driver/browser'
import { forms } from '../driver/forms'
import { signInAtGateway } from '../driver/gateway'
import { get, json } from '../driver/http'
import { authorize, freshTokens, goodRequest } from '../driver/relying-party'
import { inDatabase } from '../running/postgres'
import { family, WrongAccept } from '../suite/case'
import { clients } from '../suite/clients'
import { reporters } from '../suite/people'
import { gengdu } from '../suite/target'
import { isSuccess } from '../suite/verdicts'

const person = reporters[27]!

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
const [atGateway, atService] = [3000, 8000]

family('AS-C56', 'a sign-in that ended is over everywhere', 'ours', (target, vector) => {
  const { gateway, reporting, issuer, place, personIds } = gengdu()

  async function everywhere(): Promise<{ browser: Browser; isOver: () => Promise<void> }> {
    const browser = new Browser()
    await signInAtGateway(browser, person)
    // Another client in the same sign-in: its token names the same session.
    const { access_token } = await freshTokens(target, browser, clients.first, {}, { resource: 'reporting' })
    const signedIn = async (): Promise<boolean> => json<{ signedIn: boolean }>(await browser.get(`${gateway}/bff/session`)).signedIn
    const taken = async (): Promise<boolean> => (await get(`${reporting}/api/reporting/cycles`, { authorization: `Bearer ${access_token}` })).status === 200
    isSuccess(await browser.get(`${gateway}/api/reporting/cycles`))
    if (!await signedIn() || !await taken()) throw new Error('not signed in')
    return {
      browser,
      isOver: async () => {
        await Promise.all([until(async () => !await signedIn(), atGateway, 'the gateway\'s session'), until(async () => !await taken(), atService, 'the token at reporting')])
      },
    }
  }

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
