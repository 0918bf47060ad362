import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'

// Made before the server starts and handed on to the test files as PEM: nothing of a key stands in the repository.
const made = new Map<string, KeyObject>()

function keyOf(id: string): KeyObject {
  const key = made.get(id) ?? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  made.set(id, key)
  return key
}

/** The public half, as a client registers it. */
export function jwksOf(id: string): string {
  const jwk = createPublicKey(keyOf(id)).export({ format: 'jwk' })
  return JSON.stringify({ keys: [{ ...jwk, kid: `${id}-key`, alg: 'ES256', use: 'sig' }] })
}

/** The private halves by client, for the test files. */
export const privateKeys = (): Record<string, string> => Object.fromEntries([...made].map(([id, key]) => [id, key.export({ type: 'pkcs8', format: 'pem' }).toString()]))

/** In a test file's own process: the keys that the first server was told of, for a server started here. */
export function adoptKeys(pems: Record<string, string>): void {
  for (const [id, pem] of Object.entries(pems)) made.set(id, createPrivateKey(pem))
}
