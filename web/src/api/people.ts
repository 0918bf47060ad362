import { dataOf, identity } from './client'
import { entityTag } from './http'
import type { Delegation, Deputies, OneTimeCode, PeopleImport, PersonAct, PersonPage, RightPage, Role } from './types'

export const listPeople = (query: { search?: string; organisationId?: string; idleSince?: string; page?: number; pageSize?: number }) =>
  dataOf(identity.GET('/api/identity/people', { params: { query } })) as Promise<PersonPage>

const at = (id: string) => ({ params: { path: { id } } })

/** Codes are handed to the person; everything else is done when this returns. */
export async function actOn(id: string, act: PersonAct): Promise<OneTimeCode | null> {
  switch (act) {
    case 'invitation': return dataOf(identity.POST('/api/identity/people/{id}/invitation', at(id)))
    case 'reset': return dataOf(identity.POST('/api/identity/people/{id}/password-reset', at(id)))
    case 'unlock': await dataOf(identity.POST('/api/identity/people/{id}/unlock', at(id))); break
    case 'signOut': await dataOf(identity.DELETE('/api/identity/people/{id}/sessions', at(id))); break
    case 'factor': await dataOf(identity.DELETE('/api/identity/people/{id}/second-factor', at(id))); break
    case 'disable': await dataOf(identity.PUT('/api/identity/people/{id}/disabled', at(id))); break
    case 'enable': await dataOf(identity.DELETE('/api/identity/people/{id}/disabled', at(id))); break
  }
  return null
}

/** Accounts from a sheet: with preview nothing is written. */
export function importPeople(file: Blob, query: { preview?: boolean; allOrNothing?: boolean }): Promise<PeopleImport> {
  const form = new FormData()
  form.append('file', file)
  return dataOf(identity.POST('/api/identity/people/imports', { params: { query }, body: form as never, bodySerializer: () => form })) as Promise<PeopleImport>
}

export const templateAddress = (chinese: boolean) => `/api/identity/people/imports/template?lang=${chinese ? 'zh' : 'en'}`

export const listRights = (id: string, query: { on?: string; includeBelow?: boolean; personId?: string[]; page?: number; pageSize?: number }) =>
  dataOf(identity.GET('/api/identity/organisations/{id}/rights', { params: { path: { id }, query } })) as Promise<RightPage>

export const transferPerson = (id: string, body: { fromOrganisationId: string; toOrganisationId: string; reason: string | null }) =>
  dataOf(identity.POST('/api/identity/people/{id}/transfers', { ...at(id), body: { ...body, roles: null } }))

/** Of the version that was looked at, so that two desks do not undo each other. */
export const endRight = (id: string, version: number) =>
  dataOf(identity.DELETE('/api/identity/assignments/{id}', { ...at(id), headers: { 'If-Match': entityTag(version) } } as never))

export const giveRole = (body: { personId: string; role: Role; organisationId: string; validTo: string | null; reason: string | null }) =>
  dataOf(identity.POST('/api/identity/assignments', { body }))

export const deactivatePeople = (personIds: string[]) => dataOf(identity.POST('/api/identity/people/deactivations', { body: { personIds } }))

export const listDelegations = async () => (await dataOf(identity.GET('/api/identity/delegations', { params: { query: { pageSize: 500 } } }))).items as Delegation[]
export const listDeputies = (id: string): Promise<Deputies> => dataOf(identity.GET('/api/identity/assignments/{id}/deputies', at(id)))
export const delegateRole = (body: { assignmentId: string; deputyId: string; until: string; reason: string | null }) => dataOf(identity.POST('/api/identity/delegations', { body }))
export const withdrawDelegation = (id: string) => dataOf(identity.DELETE('/api/identity/delegations/{id}', at(id)))
