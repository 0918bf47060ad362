import { analytics as client, dataOf } from './client'
import type { FeedKeys, MadeFeedKey } from './types'

export const listFeedKeys = async () => (await dataOf(client.GET('/api/analytics/feed-keys'))) as FeedKeys
export const makeFeedKey = async (name: string, days: number) => (await dataOf(client.POST('/api/analytics/feed-keys', { body: { name, days } }))) as MadeFeedKey
export const removeFeedKey = (id: string) => dataOf(client.DELETE('/api/analytics/feed-keys/{id}', { params: { path: { id } } }))

/** What is pasted into Excel or Power BI. */
export const feedAddress = () => `${window.location.origin}/api/analytics/feed`
