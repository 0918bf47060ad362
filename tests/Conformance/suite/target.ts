import { inject } from 'vitest'
import type { Place } from '../running/identity'

/** A server under test, known by its discovery document alone. */
export interface Target {
  name: 'gengdu' | 'calibrator'
  issuer: string
  authorize: string
  token: string
  userInfo: string
  jwks: string
  endSession: string
  revoke: string
  introspect: string | undefined
  par: string | undefined
}

/** What was started once for all test files. */
export interface System extends Target {
  place: Place
  personIds: Record<string, string>
  /** Private keys of the clients that sign, as PEM. */
  clientKeys: Record<string, string>
  /** Folder with what the services wrote. */
  logs: string
  /** Where other processes of the same issuer, or others, may be told to fetch discovery. */
  metadata: string
  gateway: string
  reporting: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    countsFile: string
    gengdu: System
    calibrator: Target
  }
}

export const gengdu = (): System => inject('gengdu')

export const targets = (): Target[] => [inject('calibrator'), inject('gengdu')]

export function targetOf(name: Target['name'], document: Record<string, string | undefined>): Target {
  const required = (key: string): string => document[key] ?? fail(`${name}: discovery names no ${key}`)
  return {
    name,
    issuer: required('issuer'),
    authorize: required('authorization_endpoint'),
    token: required('token_endpoint'),
    userInfo: required('userinfo_endpoint'),
    jwks: required('jwks_uri'),
    endSession: required('end_session_endpoint'),
    revoke: required('revocation_endpoint'),
    introspect: document.introspection_endpoint,
    par: document.pushed_authorization_request_endpoint,
  }
}

function fail(message: string): never { throw new Error(message) }
