import { type Client, clients, ours } from '../suite/clients'
import { administrator } from '../suite/people'
import { virtualHostAddress } from './broker'
import { jwksOf } from './client-keys'
import { connectionString, ownerConnectionString } from './postgres'
import type { Settings } from './process'

export interface Place { database: string; virtualHost: string }

export const gatewaySecret = 'the-gateways-secret-of-a-conformance-run'

const each = (prefix: string, values: string[]): [string, string][] => values.map((value, i) => [`${prefix}__${i}`, value])

/** One client as the README of the service says it is configured. */
function settingsOf(client: Client): [string, string][] {
  const prefix = `Identity__Clients__${client.id}`
  const proof: [string, string][] = client.auth === 'none' ? [[`${prefix}__Public`, 'true']]
    : client.auth === 'signed' ? [[`${prefix}__Jwks`, jwksOf(client.id)]] : [[`${prefix}__Secret`, client.secret]]
  return [
    ...proof,
    ...each(`${prefix}__RedirectUris`, client.redirectUris),
    ...each(`${prefix}__PostLogoutRedirectUris`, client.signedOut ? [client.signedOut] : []),
    ...each(`${prefix}__Grants`, client.grants),
    ...each(`${prefix}__Scopes`, client.scopes),
    ...each(`${prefix}__Audiences`, client.audiences),
    ...(client.pushes ? [[`${prefix}__RequirePushedRequests`, 'true'] as [string, string]] : []),
  ]
}

/** Everything identity is told. */
export function identitySettings(place: Place, port: number, issuer: string, gatewayAddress: string): Settings {
  return {
    ASPNETCORE_URLS: `http://127.0.0.1:${port}`,
    ConnectionStrings__Postgres: connectionString(place.database, 'identity', 30),
    ConnectionStrings__PostgresOwner: ownerConnectionString(place.database, 'identity'),
    ConnectionStrings__RabbitMq: virtualHostAddress(place.virtualHost),
    Identity__Issuer: issuer,
    Identity__MetadataAddress: `http://127.0.0.1:${port}/identity/.well-known/openid-configuration`,
    Identity__GatewayAddress: gatewayAddress,
    Identity__GatewayClientSecret: gatewaySecret,
    Identity__GatewayBackchannelLogoutUri: `${gatewayAddress}/bff/backchannel-logout`,
    Identity__SecondFactor__Required: 'false',
    Bootstrap__UserName: administrator.userName,
    Bootstrap__Password: administrator.password,
    // Hundreds of people are made and signed in; what hashing costs is measured elsewhere.
    PasswordHashing__Iterations: '1000',
    // All guesses of the suite come from one address; slowing them down is tested with the service itself.
    Identity__SignIn__AddressFailures: '1000000',
    Identity__SignIn__GlobalFailures: '1000000',
    ...Object.fromEntries([...Object.values(clients), ...Object.values(ours)].flatMap(settingsOf)),
  }
}
