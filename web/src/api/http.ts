import { earlyAnswer } from './earlyAnswers'
import { offlineProblem, Problem, signedOutProblem } from './problem'
import { learnTime } from './serverClock'

type Surroundings = {
  locale: () => string
  /** Resolves when the person has signed in again; the call that found out is then repeated. */
  renewSession: () => Promise<void>
  /** Whose page this is: the gateway refuses it once somebody else has signed in in this browser. */
  personId?: () => string | null
  /** It has refused. */
  anotherPerson?: () => void
}

let surroundings: Surroundings = { locale: () => 'zh-CN', renewSession: () => Promise.reject(signedOutProblem()) }

export function configureHttp(next: Surroundings) {
  surroundings = next
}

/** The entity tag as the server gave it, or made from a version number the way the services make theirs. */
export const entityTag = (version: string | number) => (typeof version === 'number' ? `"v${version}"` : version)

/** Every call of the app goes through here, generated client and others: one place for headers, silence and signing in again. */
export async function gengduFetch(request: Request): Promise<Response> {
  if (request.headers.get('Accept') !== 'text/csv') request.headers.set('Accept', 'application/json, application/problem+json')
  request.headers.set('Accept-Language', surroundings.locale())
  // The gateway refuses changes by cookie without it: a foreign page cannot set it.
  if (request.method !== 'GET') request.headers.set('X-Gengdu-Request', '1')
  const person = surroundings.personId?.()
  if (person && new URL(request.url).pathname.startsWith('/api/')) request.headers.set('X-Gengdu-Person', person)
  const early = await earlyAnswer(request)
  if (early) return early
  const again = request.clone()
  const response = await attempt(request)
  if (response.status === 409 && (await codeOf(response)) === 'GW-0012') surroundings.anotherPerson?.()
  if (response.status !== 401) return response
  await surroundings.renewSession()
  return attempt(again)
}

async function attempt(request: Request) {
  const asked = Date.now()
  try {
    const response = await fetch(request)
    learnTime(response, asked, Date.now())
    return response
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw offlineProblem()
  }
}

const codeOf = async (response: Response) => ((await response.clone().json().catch(() => null)) as { code?: string } | null)?.code

/** An HTML page where JSON was asked for: a proxy in between, or the address is wrong. */
export const unreadable = () =>
  new Problem({ status: 502, code: 'WEB-0002', title: 'Not JSON', messages: { zh: '服务器的答复无法读取。', en: 'The answer of the server could not be read.' } })
