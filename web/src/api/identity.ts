import { dataOf, gateway, identity } from './client'
import { keptData } from './copies'
import type { BrowserSession, Me, Organisation } from './types'

export const readSession = (): Promise<BrowserSession> => dataOf(gateway.GET('/bff/session'))
/** A request that says only that somebody is here. */
export const beHere = () => dataOf(identity.GET('/api/identity/me'))
export const readMe = () => keptData('me', async () => (await dataOf(identity.GET('/api/identity/me'))) as Me)
export const signOut = () => dataOf(gateway.POST('/bff/sign-out'))
export const signInAddress = (returnUrl: string) => `/bff/sign-in?returnUrl=${encodeURIComponent(returnUrl)}`

export async function listChildren(parentId: string): Promise<Organisation[]> {
  const all: Organisation[] = []
  for (let page = 1; ; page++) {
    const answer = await dataOf(identity.GET('/api/identity/organisations', { params: { query: { parentId, page, pageSize: 500 } } }))
    all.push(...(answer.items as Organisation[]))
    if (answer.items.length === 0 || all.length >= answer.total) return all
  }
}
