import { dataOf, identity } from './client'
import type { OneTimeCode, PersonAct, PersonPage } from './types'

export const listPeople = (query: { search?: string; organisationId?: string; page?: number; pageSize?: number }) =>
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
