import { get, send } from './http'
import type { BrowserSession, Me, Organisation, Paged } from './types'

export const readSession = () => get<BrowserSession>('/bff/session')
export const readMe = () => get<Me>('/api/identity/me')
export const signOut = async () => (await send<{ redirectTo: string }>('POST', '/bff/sign-out', { body: {} })).data
export const signInAddress = (returnUrl: string) => `/bff/sign-in?returnUrl=${encodeURIComponent(returnUrl)}`

export type OrganisationDetail = Organisation & { grades?: string[]; schoolType?: string | null; urbanRural?: string | null; kind?: string }

export async function listChildren(parentId: string): Promise<OrganisationDetail[]> {
  const all: OrganisationDetail[] = []
  for (let page = 1; ; page++) {
    const answer = await get<Paged<OrganisationDetail>>('/api/identity/organisations', { parentId, page, pageSize: 500 })
    all.push(...answer.items)
    if (answer.items.length === 0 || all.length >= answer.total) return all
  }
}
