import { virtualHostAddress } from './broker'
import { gatewaySecret, type Place } from './identity'
import { connectionString, ownerConnectionString } from './postgres'
import type { Settings } from './process'
import { fromRoot } from './repository'

/** Where the provider is: all that the rest of the system knows of it. */
export interface ProviderPlace { issuer: string; metadata: string }

/** A service that trusts the provider's tokens. */
export function serviceSettings(service: 'reporting' | 'supervision' | 'analytics', place: Place, port: number, provider: ProviderPlace): Settings {
  return {
    ASPNETCORE_URLS: `http://127.0.0.1:${port}`,
    ConnectionStrings__Postgres: connectionString(place.database, service),
    ConnectionStrings__PostgresOwner: ownerConnectionString(place.database, service),
    ConnectionStrings__RabbitMq: virtualHostAddress(place.virtualHost),
    Identity__Issuer: provider.issuer,
    Identity__MetadataAddress: provider.metadata,
    Programmes__Directory: fromRoot('programmes'),
  }
}

export function gatewaySettings(place: Place, port: number, provider: ProviderPlace, ports: { identity: number; reporting: number }): Settings {
  const identity = `http://127.0.0.1:${ports.identity}`
  return {
    ASPNETCORE_URLS: `http://127.0.0.1:${port}`,
    ConnectionStrings__Postgres: connectionString(place.database, 'gateway'),
    ConnectionStrings__PostgresOwner: ownerConnectionString(place.database, 'gateway'),
    Identity__Issuer: provider.issuer,
    Identity__MetadataAddress: provider.metadata,
    Identity__GatewayClientSecret: gatewaySecret,
    Gateway__PublicAddress: `http://127.0.0.1:${port}`,
    // Attacks come from one address here; limits have tests of their own.
    Gateway__Limits__Address__PerSecond: '20000',
    Gateway__Limits__Address__Burst: '40000',
    Services__Identity: identity,
    Services__Reporting: `http://127.0.0.1:${ports.reporting}`,
    Services__Supervision: `http://127.0.0.1:${ports.reporting}`,
    Services__Analytics: `http://127.0.0.1:${ports.reporting}`,
  }
}
