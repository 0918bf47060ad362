import { dataOf, identity } from './client'
import { entityTag } from './http'
import type { SchoolImport, TreeChange, TreeNode, TreePage, TreeStep, TreeVersion } from './types'

type Query = { parentId?: string; level?: string; search?: string; on?: string; closed?: boolean; page?: number; pageSize?: number }
export type ChangeKind = 'rename' | 'move' | 'retype' | 'merge' | 'split' | 'close'
export type ChangeBody = { effectiveOn?: string; reason?: string; [member: string]: unknown }

export const listOrganisations = (query: Query) => dataOf(identity.GET('/api/identity/organisations', { params: { query } })) as Promise<TreePage>

export const readOrganisation = (id: string, on?: string) =>
  dataOf(identity.GET('/api/identity/organisations/{id}', { params: { path: { id }, query: { on } } })) as Promise<TreeNode>

export const readAbove = (id: string, on?: string) =>
  dataOf(identity.GET('/api/identity/organisations/{id}/above', { params: { path: { id }, query: { on } } })) as Promise<TreeStep[]>

export const readHistory = async (id: string) =>
  (await dataOf(identity.GET('/api/identity/organisations/{id}/history', { params: { path: { id }, query: { pageSize: 100 } } }))).items as TreeVersion[]

/** What would happen, or the change itself: of the version that was looked at, so that nobody overwrites another. */
export function changeOrganisation(one: TreeNode, kind: ChangeKind, body: ChangeBody, preview: boolean): Promise<TreeChange> {
  const at = { params: { path: { id: one.id }, query: { preview } }, headers: { 'If-Match': entityTag(one.version) }, body: body as never }
  const call = {
    rename: () => identity.PUT('/api/identity/organisations/{id}/name', at),
    move: () => identity.PUT('/api/identity/organisations/{id}/parent', at),
    retype: () => identity.PUT('/api/identity/organisations/{id}/school-type', at),
    close: () => identity.PUT('/api/identity/organisations/{id}/closure', at),
    merge: () => identity.POST('/api/identity/organisations/{id}/merger', at),
    split: () => identity.POST('/api/identity/organisations/{id}/split', at),
  }[kind]
  return dataOf<unknown>(call()) as Promise<TreeChange>
}

/** The file as it is: the server finds out how it is written. */
export const importSchools = (file: Blob, query: { preview?: boolean; fingerprint?: string; closeMissingBelow?: string }): Promise<SchoolImport> =>
  dataOf(identity.POST('/api/identity/organisations/imports', {
    params: { query }, body: file as unknown as string, bodySerializer: (body: unknown) => body as BodyInit, headers: { 'Content-Type': 'text/csv' },
  }))
