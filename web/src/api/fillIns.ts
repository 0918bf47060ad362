import { dataOf, identity } from './client'
import type { FillIn, FillInRequest } from './types'

export const listFillIns = async (organisationId: string): Promise<FillIn[]> =>
  (await dataOf(identity.GET('/api/identity/organisations/{id}/fill-ins', { params: { path: { id: organisationId }, query: { pageSize: 200 } } }))).items as FillIn[]
export const declareFillIn = (organisationId: string, body: FillInRequest) =>
  dataOf(identity.POST('/api/identity/organisations/{id}/fill-ins', { params: { path: { id: organisationId } }, body }))
export const endFillIn = (id: string) => dataOf(identity.DELETE('/api/identity/fill-ins/{id}', { params: { path: { id } } }))
