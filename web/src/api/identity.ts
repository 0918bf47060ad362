import { get, send } from './http'
import type { BrowserSession, Me, Organisation, Paged } from './types'

export const readSession = () => get<BrowserSession>('/bff/session')
export const readMe = () => get<Me>('/api/identity/me')
export const signOut = () => send<{ redirectTo: string }>('POST', '/bff/sign-out', { body: {} })
export const signInAddress = (returnUrl: string) => `/bff/sign-in?returnUrl=${encodeURIComponent(returnUrl)}`

export async function listChildren(parentId: string): Promise<Organisation[]> {
  const all: Organisation[] = []
  for (let page = 1; ; page++) {
    const answer = await get<Paged<Organisation>>('/api/identity/organisations', { parentId, page, pageSize: 500 })
    all.push(...answer.items)
    if (answer.items.length === 0 || all.length >= answer.total) return all
  }
}
