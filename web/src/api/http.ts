import { offlineProblem, Problem } from './problem'

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

/** An HTML page where JSON was asked for: a proxy in between, or the address is wrong. */
export const unreadable = () =>
  new Problem({ status: 502, code: 'WEB-0002', title: 'Not JSON', messages: { zh: '服务器的答复无法读取。', en: 'The answer of the server could not be read.' } })
