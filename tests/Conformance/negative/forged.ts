import { createHmac, randomBytes, createSign, constants, createPrivateKey } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWTPayload } from 'jose'

type Header = Record<string, unknown>

const encode = (part: unknown): string => Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')

/** Puts a token together by hand: a library would refuse to make most of these. */
export const assemble = (header: Header, payload: unknown, signature: string | Buffer = ''): string =>
  `${encode(header)}.${encode(payload)}.${typeof signature === 'string' ? signature : signature.toString('base64url')}`

export const parts = (token: string): { header: Header; payload: JWTPayload; signature: string } => {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const read = (part: string): never => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as never
  return { header: read(header), payload: read(payload), signature }
}

export function hmac(header: Header, payload: unknown, key: Buffer | string, bits = 256): string {
  const signed = `${encode(header)}.${encode(payload)}`
  return `${signed}.${createHmac(`sha${bits}`, key).update(signed).digest('base64url')}`
}

/** An attacker's own key pair, and tokens signed with it. */
export class Forger {
  private constructor(private readonly pem: string, readonly jwk: Record<string, unknown>) {}

  static async make(): Promise<Forger> {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
    const { exportPKCS8 } = await import('jose')
    return new Forger(await exportPKCS8(privateKey), { ...await exportJWK(publicKey) })
  }

  sign(header: Header, payload: unknown): string {
    const signed = `${encode(header)}.${encode(payload)}`
    const key = createPrivateKey(this.pem)
    const signature = createSign('sha256').update(signed).sign(String(header.alg).startsWith('PS')
      ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : { key, padding: constants.RSA_PKCS1_PADDING })
    return `${signed}.${signature.toString('base64url')}`
  }
}

export const noise = (bytes: number): Buffer => randomBytes(bytes)
