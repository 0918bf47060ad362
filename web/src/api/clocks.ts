import { dataOf, supervision as client } from './client'
import type { Board, HeldPage, HeldState, Home, UrgeResult } from './types'

/** What narrows a list of held reports: a column of the board, or at least so many working days. */
export type HeldFilter = { cycleId: string; state: HeldState; organisationId?: string; band?: number; atLeastDays?: number; page?: number; pageSize?: number }
export type UrgeRequest = { cycleId: string; state: HeldState; organisationId?: string; organisationIds?: string[]; atLeastDays?: number; words?: string }

export const readHome = async (organisationId: string) =>
  (await dataOf(client.GET('/api/supervision/home', { params: { query: { organisationId } } }))) as Home
export const readBoard = async (cycleId: string, organisationId?: string) =>
  (await dataOf(client.GET('/api/supervision/board', { params: { query: { cycleId, organisationId } } }))) as Board
export const listHeld = async (filter: HeldFilter) =>
  (await dataOf(client.GET('/api/supervision/board/reports', { params: { query: filter } }))) as HeldPage
export const urge = async (body: UrgeRequest) => (await dataOf(client.POST('/api/supervision/urges', { body }))) as UrgeResult
export const acknowledge = (body: { doneBy: string; urgeIds?: string[]; escalationIds?: string[] }) =>
  dataOf(client.POST('/api/supervision/acknowledgements', { body }))
