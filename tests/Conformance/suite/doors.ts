import { Browser } from '../driver/browser'
import { type Answer, get } from '../driver/http'
import { freshTokens, signedIn } from '../driver/relying-party'
import { clients } from './clients'
import { reporter } from './people'
import { gengdu } from './target'

/** Everywhere an access token is looked at, with the audience that is right there. */
export interface Door {
  name: string
  audience: 'identity' | 'reporting'
  knock(token: string): Promise<Answer>
}

export function doors(): Door[] {
  const { issuer, gateway, reporting } = gengdu()
  const door = (name: string, audience: Door['audience'], address: string): Door => ({ name, audience, knock: token => get(address, { authorization: `Bearer ${token}`, accept: 'application/json' }) })
  return [
    door('reporting', 'reporting', `${reporting}/api/reporting/cycles`),
    door('gateway', 'reporting', `${gateway}/api/reporting/cycles`),
    door('identity', 'identity', `${new URL(issuer).origin}/api/identity/me`),
    door('userinfo', 'identity', `${issuer}/userinfo`),
  ]
}

let browser: Promise<Browser> | undefined

/** A good token of the reporter for that audience: what a forger starts from. */
export async function goodToken(audience: Door['audience']): Promise<string> {
  browser ??= signedIn(gengdu(), reporter, clients.first)
  return (await freshTokens(gengdu(), await browser, clients.first, {}, { resource: audience })).access_token
}
