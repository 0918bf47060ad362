import { dataOf, identity, supervision as client } from './client'
import type { Contact, GivenUp, NoticePage, Way } from './types'

export const listNotices = async (cursor?: string) =>
  (await dataOf(client.GET('/api/supervision/notices', { params: { query: { cursor } } }))) as NoticePage
export const countNotices = async () => (await dataOf(client.GET('/api/supervision/notices/count'))).unread
export const readNotice = (id: string) => dataOf(client.PUT('/api/supervision/notices/{id}/reading', { params: { path: { id } } }))
/** What came in after this moment stays unread. */
export const readNoticesUntil = (until: string) => dataOf(client.POST('/api/supervision/notices/readings', { body: { until } }))

export const readContact = async () => (await dataOf(identity.GET('/api/identity/me/contact'))) as Contact
type Wishes = 'email' | 'phone' | 'language' | 'mail' | 'sms' | 'quietFrom' | 'quietTo' | 'digestHour'
export const changeContact = async (body: Pick<Contact, Wishes>) => (await dataOf(identity.PUT('/api/identity/me/contact', { body }))) as Contact
/** A code goes to the own address; typed in, it proves that the address is one's own. */
export const askContactCode = async (channel: string) => (await dataOf(identity.POST('/api/identity/me/contact/codes', { body: { channel } }))) as Contact
export const proveContact = async (channel: string, code: string) => (await dataOf(identity.POST('/api/identity/me/contact/proofs', { body: { channel, code } }))) as Contact

export const listWays = async () => (await dataOf(identity.GET('/api/identity/deliveries/ways'))) as Way[]
export const listGivenUp = async (page: number) =>
  (await dataOf(identity.GET('/api/identity/deliveries', { params: { query: { page, pageSize: 50 } } }))) as { items: GivenUp[]; total: number; page: number; pageSize: number }
export const retryDelivery = (id: string) => dataOf(identity.POST('/api/identity/deliveries/{id}/retry', { params: { path: { id } } }))
