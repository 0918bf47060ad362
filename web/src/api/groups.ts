import { dataOf, identity, supervision } from './client'
import type { GroupWork, PersonName, ReviewerGroup, ReviewStep } from './types'

export const listReviewerGroups = async () =>
  (await dataOf(supervision.GET('/api/supervision/reviewer-groups', { params: { query: { pageSize: 200 } } }))).items as ReviewerGroup[]
export const readGroupWork = async () => (await dataOf(supervision.GET('/api/supervision/reviewer-groups/work'))) as GroupWork
export const createReviewerGroup = (body: {
  name: string; level: ReviewStep; organisationId: string; personIds: string[]; organisationIds: string[]; validTo: string; moduleKeys: string[]
}) => dataOf(supervision.POST('/api/supervision/reviewer-groups', { body }))
export const endReviewerGroup = (id: string) => dataOf(supervision.DELETE('/api/supervision/reviewer-groups/{id}', { params: { path: { id } } }))

/** Names of people known by id, at most 200; or who stands behind a whole user name. */
export const namePeople = (id: string[]): Promise<PersonName[]> =>
  id.length === 0 ? Promise.resolve([]) : dataOf(identity.GET('/api/identity/people/names', { params: { query: { id: id.slice(0, 200) } } }))
export const findPerson = async (userName: string): Promise<PersonName | null> =>
  (await dataOf(identity.GET('/api/identity/people/names', { params: { query: { userName } } })))[0] ?? null
