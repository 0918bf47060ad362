import { analytics as client, dataOf } from './client'
import type { OpenChange, OpenFigures, OpenPublication } from './types'

const root = '/api/analytics/open/publications'

/** All that was published, of all cycles, newest first; for everybody. */
export const listOpenPublications = async () => (await dataOf(client.GET('/api/analytics/open/publications', { params: { query: { pageSize: 100 } } }))).items as OpenPublication[]

export const readOpenFigures = async (cycleId: string, number: number, place: string | undefined, signal?: AbortSignal) =>
  (await dataOf(client.GET('/api/analytics/open/publications/{cycleId}/{number}', { params: { path: { cycleId, number }, query: { place } }, signal }))) as OpenFigures

/** What is told otherwise than in the number before: the first two hundred, and how many there are. */
export async function listOpenChanges(cycleId: string, number: number) {
  const page = await dataOf(client.GET('/api/analytics/open/publications/{cycleId}/{number}/changes', { params: { path: { cycleId, number }, query: { pageSize: 200 } } }))
  return { items: page.items as OpenChange[], total: page.total }
}

/** Where the files lie: they are links, so that a browser keeps and names them. */
export const openFile = (cycleId: string, number: number, kind: 'csv' | 'json') => `${root}/${cycleId}/${number}/figures.${kind}`
