import type { Client } from '../suite/clients'
import type { Target } from '../suite/target'
import type { Answer } from './http'
import { json } from './http'
import { asClient, goodRequest } from './relying-party'

export interface Pushed { requestUri: string; verifier: string; params: Record<string, string | undefined>; answer: Answer }

/** Leaves a good request with the server beforehand, changed as told. */
export async function push(target: Target, client: Client, more: Record<string, string | undefined> = {}): Promise<Pushed> {
  const { params, verifier } = goodRequest(client, more)
  const answer = await asClient(client, target.par!, params)
  return { answer, verifier, params, requestUri: answer.status === 201 ? json<{ request_uri: string }>(answer).request_uri : '' }
}
