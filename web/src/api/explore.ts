import { analytics as client, dataOf } from './client'
import { entityTag } from './http'
import type { Exploration, LaidViewBoard, SavedView, SaveView, ViewBoard, ViewBoardLine } from './types'

/** A question as the address of a page and the service have it. */
export type ExploreQuestion = { organisationId: string; cycles: string; indicators: string; rows?: string; columns?: string; where?: string }

export const exploreFigures = async (question: ExploreQuestion, signal?: AbortSignal) =>
  (await dataOf(client.GET('/api/analytics/explore/table', { params: { query: question }, signal }))) as Exploration

const one = (id: string) => ({ path: { id } })
export const listViews = async () => (await dataOf(client.GET('/api/analytics/explore/views', { params: { query: { pageSize: 100 } } }))).items as SavedView[]
export const readView = async (id: string) => (await dataOf(client.GET('/api/analytics/explore/views/{id}', { params: one(id) }))) as SavedView
export const saveView = async (view: SaveView) => (await dataOf(client.POST('/api/analytics/explore/views', { body: view }))) as SavedView
export const changeView = async (id: string, version: number, view: SaveView) =>
  (await dataOf(client.PUT('/api/analytics/explore/views/{id}', { params: one(id), headers: { 'If-Match': entityTag(version) }, body: view }))) as SavedView
export const removeView = (id: string) => dataOf(client.DELETE('/api/analytics/explore/views/{id}', { params: one(id) }))

const boards = '/api/analytics/explore/boards' as const
export const listBoards = async () => (await dataOf(client.GET(boards, { params: { query: { pageSize: 100 } } }))).items as ViewBoardLine[]
export const readBoard = async (id: string) => (await dataOf(client.GET(`${boards}/{id}`, { params: one(id) }))) as ViewBoard
export const createBoard = async (board: LaidViewBoard) => (await dataOf(client.POST(boards, { body: board }))) as ViewBoard
export const changeBoard = async (id: string, version: number, board: LaidViewBoard) =>
  (await dataOf(client.PUT(`${boards}/{id}`, { params: one(id), headers: { 'If-Match': entityTag(version) }, body: board }))) as ViewBoard
export const removeBoard = (id: string) => dataOf(client.DELETE(`${boards}/{id}`, { params: one(id) }))
