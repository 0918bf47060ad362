import type { Level } from './common'

export type Role =
  | 'reporter'
  | 'approver'
  | 'county-reviewer'
  | 'city-supervisor'
  | 'province-owner'
  | 'administrator'

export type Organisation = {
  id: string
  code: string
  nameZh: string
  nameEn: string
  levelRoles?: Level[]
  path?: string
}

export type Assignment = { id: string; role: Role; organisation: Organisation }
export type Me = { personId: string; userName: string; displayName: string; assignments: Assignment[] }
export type BrowserSession = { signedIn: boolean; name?: string; expiresAt?: string }
