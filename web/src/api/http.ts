import { offlineProblem, Problem, readProblem } from './problem'

export type Query = Record<string, string | number | boolean | null | undefined>
export type RequestOptions = { query?: Query; body?: unknown; signal?: AbortSignal }
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

/** The entity tag as the server gave it, or made from a version number the way the services make theirs. */
export const entityTag = (version: string | number) => (typeof version === 'number' ? `"v${version}"` : version)

/** Every call of the app goes through here, generated client and others: one place for headers, silence and signing in again. */
export async function gengduFetch(request: Request): Promise<Response> {
  request.headers.set('Accept', 'application/json, application/problem+json')
  request.headers.set('Accept-Language', surroundings.locale())
  // The gateway refuses changes by cookie without it: a foreign page cannot set it.
  if (request.method !== 'GET') request.headers.set('X-Gengdu-Request', '1')
  const again = request.clone()
  const response = await attempt(request)
  if (response.status !== 401) return response
  await surroundings.renewSession()
  return attempt(again)
}

async function attempt(request: Request) {
  try {
    return await fetch(request)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw offlineProblem()
  }
}

export function withQuery(path: string, query: Query = {}) {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value))
  }
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

/** For addresses no document describes: the gateway's own. */
export async function send<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const request = new Request(new URL(withQuery(path, options.query), window.location.origin), {
    method,
    headers: options.body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
    credentials: 'same-origin',
    signal: options.signal,
  })
  const response = await gengduFetch(request)
  if (!response.ok) throw await readProblem(response)
  try {
    return JSON.parse(await response.text()) as T
  } catch {
    throw unreadable()
  }
}

export const get = <T>(path: string, query?: Query) => send<T>('GET', path, { query })

/** An HTML page where JSON was asked for: a proxy in between, or the address is wrong. */
export const unreadable = () =>
  new Problem({ status: 502, code: 'WEB-0002', title: 'Not JSON', messages: { zh: '服务器的答复无法读取。', en: 'The answer of the server could not be read.' } })
