import { randomBytes } from 'node:crypto'

function broker(): URL {
  const named = process.env.GENGDU_TEST_RABBITMQ
  if (!named) throw new Error('GENGDU_TEST_RABBITMQ is missing: an amqp address, management on the next port. ./test sets it.')
  return new URL(named)
}

async function manage(method: string, path: string, body?: unknown): Promise<void> {
  const address = broker()
  const answer = await fetch(`http://${address.hostname}:${Number(address.port) + 1}/api/${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  })
  if (!answer.ok && method !== 'DELETE') throw new Error(`${method} ${path} at the broker's management: ${answer.status}`)
}

/** A virtual host of this run; returns its name. */
export async function createVirtualHost(): Promise<string> {
  const name = `gengdu-conformance-${randomBytes(4).toString('hex')}`
  await manage('PUT', `vhosts/${name}`)
  await manage('PUT', `permissions/${name}/${broker().username}`, { configure: '.*', write: '.*', read: '.*' })
  return name
}

export const dropVirtualHost = (name: string): Promise<void> => manage('DELETE', `vhosts/${name}`)

export function virtualHostAddress(name: string): string {
  const address = broker()
  address.pathname = `/${name}`
  return address.toString()
}
