import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { inDatabase } from '../running/postgres'
import type { Client } from '../suite/clients'
import { gengdu, type Target } from '../suite/target'
import type { Answer } from './http'
import { json } from './http'
import { asClient, goodRequest } from './relying-party'

export interface Pushed { requestUri: string; verifier: string; params: Record<string, string | undefined>; answer: Answer }

/** Leaves a good request with the server beforehand, changed as told. */
export async function push(target: Target, client: Client, more: Record<string, string | undefined> = {}): Promise<Pushed> {
  const { params, verifier } = goodRequest(client, more)
  let answer = await asClient(client, target.par!, params)
  // Others hash their passwords just now: a client comes again.
  for (let i = 0; answer.status === 503 && i < 20; i++) {
    await setTimeout(500)
    answer = await asClient(client, target.par!, params)
  }
  return { answer, verifier, params, requestUri: answer.status === 201 ? json<{ request_uri: string }>(answer).request_uri : '' }
}

/** 91 seconds pass for this request, and for none of those other files are about. */
export async function letExpire(requestUri: string): Promise<void> {
  const hash = createHash('sha256').update(requestUri).digest('hex')
  const { length } = await inDatabase(gengdu().place.database, 'update identity.pushed_requests set expires_at = expires_at - interval \'91 seconds\' where hash = $1 returning hash', [hash])
  if (length !== 1) throw new Error(`${length} requests of this name`)
}
