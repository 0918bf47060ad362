import type { components as GatewayComponents } from '../generated/gateway'
import type { components } from '../generated/identity'
import type { Level, Narrow } from './common'

type Schemas = components['schemas']

export type Role =
  | 'reporter'
  | 'approver'
  | 'county-reviewer'
  | 'city-supervisor'
  | 'province-owner'
  | 'administrator'

/** What every service says of an organisation; some also say its levels. */
export type Organisation = {
  id: string
  code: string
  nameZh: string
  nameEn: string
  levelRoles?: Level[]
  path?: string
}

export type Assignment = Narrow<Schemas['MyAssignment'], { role: Role; organisation: Organisation }>
export type Me = Narrow<Schemas['MeResponse'], { assignments: Assignment[] }>
export type BrowserSession = GatewayComponents['schemas']['SessionResponse']

/** Someone the administrator's desk looks after. */
export type Person = Narrow<Schemas['PersonResponse'], { assignments: { id: string; role: Role; organisation: Organisation }[] }>
export type PersonPage = { items: Person[]; page: number; pageSize: number; total: number }
export type OneTimeCode = Schemas['OneTimeCodeResponse']
export type PersonAct = 'invitation' | 'reset' | 'unlock' | 'signOut' | 'factor' | 'disable' | 'enable'
