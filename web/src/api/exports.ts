import { analytics as client, dataOf } from './client'
import type { ExportFile, ExportOrder } from './types'

export const listExports = async () => (await dataOf(client.GET('/api/analytics/exports', { params: { query: { pageSize: 100 } } }))).items as ExportFile[]
export const requestExport = async (order: ExportOrder) => (await dataOf(client.POST('/api/analytics/exports', { body: order }))) as ExportFile
export const removeExport = (id: string) => dataOf(client.DELETE('/api/analytics/exports/{id}', { params: { path: { id } } }))

/** A plain link: the browser saves it as it comes, and goes on where it was cut off. */
export const fileOf = (id: string) => `/api/analytics/exports/${id}/file`
