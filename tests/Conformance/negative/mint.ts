import { createServer, type Server } from 'node:http'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

/** A provider whose keys we hold: its tokens are signed well and lie about everything else. */
export class Mint {
  /** How often somebody asked for the keys. */
  keyRequests = 0
  private server?: Server

  private constructor(private readonly key: CryptoKey, private readonly jwk: object, private port = 0) {}

  static async open(): Promise<Mint> {
    const { privateKey, publicKey } = await generateKeyPair('PS256', { extractable: true })
    const mint = new Mint(privateKey, { ...await exportJWK(publicKey), kid: 'mint', alg: 'PS256', use: 'sig' })
    mint.server = createServer((request, response) => {
      const keys = request.url?.endsWith('/jwks')
      if (keys) mint.keyRequests++
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(keys ? { keys: [mint.jwk] } : {
        issuer: mint.issuer, jwks_uri: `${mint.issuer}/jwks`, authorization_endpoint: `${mint.issuer}/authorize`, token_endpoint: `${mint.issuer}/token`,
        response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'],
      }))
    })
    await new Promise<void>(resolve => mint.server!.listen(0, '127.0.0.1', resolve))
    mint.port = (mint.server.address() as { port: number }).port
    return mint
  }

  get issuer(): string { return `http://127.0.0.1:${this.port}/mint` }

  get metadata(): string { return `${this.issuer}/.well-known/openid-configuration` }

  good(): JWTPayload {
    const now = Math.floor(Date.now() / 1000)
    return { iss: this.issuer, aud: 'reporting', sub: '0190b5a0-0000-7000-8000-0000000000aa', client_id: 'first', scope: 'openid', sid: 'session', jti: String(Math.random()), iat: now, nbf: now, exp: now + 300 }
  }

  /** Signed with the published key whatever it says; `undefined` leaves a claim out. */
  sign(claims: Record<string, unknown>, header: Record<string, unknown> = {}): Promise<string> {
    return new SignJWT(JSON.parse(JSON.stringify({ ...this.good(), ...claims })) as JWTPayload)
      .setProtectedHeader({ alg: 'PS256', typ: 'at+jwt', kid: 'mint', ...header }).sign(this.key)
  }

  close(): void { this.server?.close() }
}
