import { dataOf, supervision as client } from './client'
import type { ReturnCode, ReturnPhrase, ReturnReasons } from './types'

/** In the order in which forms name them. */
export const returnCodes: ReturnCode[] = ['wrong-value', 'missing-evidence', 'inconsistent', 'implausible', 'unclear', 'other']

export const readReturnReasons = (cycleId: string, organisationId?: string): Promise<ReturnReasons> =>
  dataOf(client.GET('/api/supervision/return-reasons', { params: { query: { cycleId, organisationId } } }))
export const listReturnPhrases = async (organisationId: string) =>
  (await dataOf(client.GET('/api/supervision/return-phrases', { params: { query: { organisationId } } }))) as ReturnPhrase[]
export const addReturnPhrase = (body: { organisationId: string; code: ReturnCode; text: string }) => dataOf(client.POST('/api/supervision/return-phrases', { body }))
export const removeReturnPhrase = (id: string) => dataOf(client.DELETE('/api/supervision/return-phrases/{id}', { params: { path: { id } } }))
