import { analytics as client, answer, dataOf } from './client'
import type { MapInForce, MapVersion, Outlines } from './types'

export const readMapInForce = async () => (await dataOf(client.GET('/api/analytics/maps/in-force'))) as MapInForce
export const listMaps = async () => (await dataOf(client.GET('/api/analytics/maps'))) as MapVersion[]
/** They never change: the browser keeps them. */
export const readShapes = async (number: number) => (await dataOf(client.GET('/api/analytics/maps/{number}/shapes', { params: { path: { number } } }))) as unknown as Outlines
export const chooseMap = async (number: number | null) => (await dataOf(client.PUT('/api/analytics/maps/in-force', { body: { number } }))) as MapInForce

/** The file as it is; the server reads it while it arrives. */
export const importMap = async (file: Blob, query: { title: string; approvalNumber: string; source: string }) =>
  (await answer(client.POST('/api/analytics/maps', {
    params: { query }, body: file as unknown as string, bodySerializer: (body: unknown) => body as BodyInit, headers: { 'Content-Type': 'application/geo+json' },
  }))).data as MapVersion
