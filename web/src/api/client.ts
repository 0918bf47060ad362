import createClient, { type ClientOptions } from 'openapi-fetch'
import { gengduFetch, unreadable } from './http'
import { problemOf } from './problem'
import type { paths as AnalyticsPaths } from './generated/analytics'
import type { paths as GatewayPaths } from './generated/gateway'
import type { paths as IdentityPaths } from './generated/identity'
import type { paths as ReportingPaths } from './generated/reporting'
import type { paths as SupervisionPaths } from './generated/supervision'

const options: ClientOptions = { baseUrl: window.location.origin, fetch: gengduFetch, credentials: 'same-origin' }

export const gateway = createClient<GatewayPaths>(options)
export const identity = createClient<IdentityPaths>(options)
export const reporting = createClient<ReportingPaths>(options)
export const supervision = createClient<SupervisionPaths>(options)
export const analytics = createClient<AnalyticsPaths>(options)

export type Answer<T> = { data: T; etag: string | null }
type Call<T> = Promise<{ data?: T; error?: unknown; response: Response }>

/** What the server answered, or its problem as an exception. */
export async function answer<T>(call: Call<T>): Promise<Answer<T>> {
  const { data, error, response } = await call.catch((failure: unknown) => {
    throw failure instanceof SyntaxError ? unreadable() : failure
  })
  if (!response.ok) throw problemOf(response, error)
  return { data: data as T, etag: response.headers.get('etag') }
}

export const dataOf = async <T>(call: Call<T>): Promise<T> => (await answer(call)).data
