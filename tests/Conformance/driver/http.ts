import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { counts } from '../suite/counts'

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
  url: string
  /** From sending to the last byte. */
  milliseconds: number
}

export type Pairs = Record<string, string | undefined> | [string, string][]

export interface Sending {
  headers?: Record<string, string | string[]>
  body?: string | Buffer
  /** As it goes over the wire: for what a well-behaved client would never send. */
  rawPath?: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 100 })

/** One request, no redirect followed, no header added behind our back. Every answer is looked at for a status of 500 or more. */
export function send(method: string, url: string, { headers = {}, body, rawPath }: Sending = {}): Promise<Answer> {
  const to = new URL(url)
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const asking = request({
      agent, method, host: to.hostname, port: to.port, path: rawPath ?? to.pathname + to.search,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body).toString() }) },
    }, answer => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part)).on('error', reject).on('end', () => {
        const status = answer.statusCode ?? 0
        counts.answered(to.origin, status, answer.headers['retry-after'] !== undefined, `${method} ${url.slice(0, 200)}`)
        resolve({ status, headers: answer.headers, text: Buffer.concat(parts).toString('utf8'), url, milliseconds: performance.now() - started })
      })
    })
    asking.on('error', reject).setTimeout(30_000, () => asking.destroy(new Error(`${method} ${url.slice(0, 200)}: no answer in 30 s`)))
    if (body !== undefined) asking.write(body)
    asking.end()
  })
}

export function encode(pairs: Pairs): string {
  const list = Array.isArray(pairs) ? pairs : Object.entries(pairs).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return new URLSearchParams(list).toString()
}

export const formHeaders = { 'content-type': 'application/x-www-form-urlencoded' }

export const get = (url: string, headers: Sending['headers'] = {}): Promise<Answer> => send('GET', url, { headers })

export const post = (url: string, pairs: Pairs, headers: Sending['headers'] = {}): Promise<Answer> =>
  send('POST', url, { headers: { ...formHeaders, ...headers }, body: encode(pairs) })

export function json<T = Record<string, unknown>>(answer: Answer): T {
  try {
    return JSON.parse(answer.text) as T
  } catch {
    throw new Error(`Not JSON (${answer.status}): ${answer.text.slice(0, 300)}`)
  }
}

/** Where the answer leads, in full. */
export function location(answer: Answer): URL | undefined {
  return answer.headers.location === undefined ? undefined : new URL(answer.headers.location, answer.url)
}
