import { offlineProblem, Problem, readProblem } from './problem'

export type Query = Record<string, string | number | boolean | null | undefined>

export type RequestOptions = {
  query?: Query
  body?: unknown
  ifMatch?: string | number
  idempotencyKey?: string
  signal?: AbortSignal
  keepalive?: boolean
}

export type Answer<T> = { data: T; etag: string | null; status: number }
type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

type Surroundings = {
  locale: () => string
  /** Resolves when the person has signed in again; the call that found out is then repeated. */
  renewSession: () => Promise<void>
}

let surroundings: Surroundings = { locale: () => 'zh-CN', renewSession: () => Promise.reject(new Error('signed out')) }

export function configureHttp(next: Surroundings) {
  surroundings = next
}

export const quoteEtag = (version: string | number) =>
  typeof version === 'number' ? `"v${version}"` : version

export function withQuery(path: string, query: Query = {}) {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value))
  }
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

export async function send<T>(method: Method, path: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const response = await attempt(method, path, options)
  if (response.status !== 401) return readAnswer<T>(response)
  await surroundings.renewSession()
  return readAnswer<T>(await attempt(method, path, options))
}

export const get = async <T>(path: string, query?: Query, signal?: AbortSignal) =>
  (await send<T>('GET', path, { query, signal })).data

async function attempt(method: Method, path: string, options: RequestOptions) {
  try {
    return await fetch(withQuery(path, options.query), {
      method,
      headers: headersOf(method, options),
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      credentials: 'same-origin',
      signal: options.signal,
      keepalive: options.keepalive,
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw offlineProblem()
  }
}

function headersOf(method: Method, options: RequestOptions) {
  const headers: Record<string, string> = {
    Accept: 'application/json, application/problem+json',
    'Accept-Language': surroundings.locale(),
  }
  // The gateway refuses changes by cookie without it: a foreign page cannot set it.
  if (method !== 'GET') headers['X-Gengdu-Request'] = '1'
  if (options.body !== undefined) headers['Content-Type'] = 'application/json'
  if (options.ifMatch !== undefined) headers['If-Match'] = quoteEtag(options.ifMatch)
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey
  return headers
}

async function readAnswer<T>(response: Response): Promise<Answer<T>> {
  if (!response.ok) throw await readProblem(response)
  const text = response.status === 204 ? '' : await response.text()
  try {
    const data = (text ? JSON.parse(text) : undefined) as T
    return { data, etag: response.headers.get('etag'), status: response.status }
  } catch {
    // An HTML page where JSON was asked for: a proxy in between, or the address is wrong.
    throw new Problem({ status: 502, code: 'WEB-0002', title: 'Not JSON', messages: {
      zh: '服务器的答复无法读取。', en: 'The answer of the server could not be read.' } })
  }
}
