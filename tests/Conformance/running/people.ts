import { Browser } from '../driver/browser'
import { json, send } from '../driver/http'
import { freshTokens, signedIn } from '../driver/relying-party'
import { clients } from '../suite/clients'
import { administrator, others, type Person, reporters, sprayed } from '../suite/people'
import type { Target } from '../suite/target'

/** A token of the first administrator for one of the services. */
export async function administratorToken(target: Target, service = 'identity'): Promise<string> {
  const browser: Browser = await signedIn(target, administrator, clients.first)
  return (await freshTokens(target, browser, clients.first, {}, { resource: service })).access_token
}

/** Everybody the cases sign in as. */
export const makeEverybody = (target: Target): Promise<Record<string, string>> => makePeople(target, [...reporters, ...Object.values(others), ...sprayed])

/** Through the public API of that server; returns their ids by user name. */
export async function makePeople(target: Target, all: Person[]): Promise<Record<string, string>> {
  const token = await administratorToken(target)
  const ids: Record<string, string> = {}
  for (let from = 0; from < all.length; from += 500) {
    const part = all.slice(from, from + 500)
    const answer = await send('POST', `${new URL(target.token).origin}/api/identity/people/batch`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ people: part.map(({ userName, password }) => ({
        userName, displayName: userName, password,
        assignments: [{ role: 'reporter', organisationCode: '130000' }],
      })) }),
    })
    if (answer.status !== 200) throw new Error(`People could not be made: ${answer.status} ${answer.text.slice(0, 1000)}`)
    for (const row of json<{ rows: { index: number; personId: string }[] }>(answer).rows) ids[part[row.index]!.userName] = row.personId
  }
  return ids
}
