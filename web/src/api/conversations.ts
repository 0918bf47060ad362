import { dataOf, identity, supervision as client } from './client'
import type { Conversation, ConversationMarks, Mention, Message } from './types'

const of = (reportId: string, moduleKey: string) => ({ path: { reportId, moduleKey } })

/** Counts and places of what was said about a report's modules; no words. */
export const listConversations = async (reportId: string) =>
  (await dataOf(client.GET('/api/supervision/reports/{reportId}/conversations', { params: { path: { reportId } } }))) as ConversationMarks[]
export const readConversation = async (reportId: string, moduleKey: string, part: { before?: number; after?: number } = {}) =>
  (await dataOf(client.GET('/api/supervision/reports/{reportId}/conversations/{moduleKey}', { params: { ...of(reportId, moduleKey), query: part } }))) as Conversation

/** The key is the message's: sent again with it, it is the same one. */
export const postMessage = async (reportId: string, moduleKey: string, body: { key: string; text: string; cell: string | null; mentions: Mention[] }) =>
  (await dataOf(client.POST('/api/supervision/reports/{reportId}/conversations/{moduleKey}/messages', { params: of(reportId, moduleKey), body }))) as Message
export const markRead = (reportId: string, moduleKey: string, upTo: number) =>
  dataOf(client.PUT('/api/supervision/reports/{reportId}/conversations/{moduleKey}/reading', { params: of(reportId, moduleKey), body: { upTo } }))
export const strikeMessage = async (reportId: string, moduleKey: string, number: number) =>
  (await dataOf(client.POST('/api/supervision/reports/{reportId}/conversations/{moduleKey}/messages/{number}/strike', { params: { path: { reportId, moduleKey, number } } }))) as Message

/** Names of those who work, or worked, at one's own organisations. */
export const listColleagues = async () => (await dataOf(identity.GET('/api/identity/colleagues'))) as { personId: string; displayName: string }[]
