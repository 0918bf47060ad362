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
  | 'security-administrator'
  | 'auditor'

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

/** An organisation as the tree keeps it. */
export type TreeNode = Narrow<Schemas['OrganisationResponse'], { levelRoles: Level[]; kind: 'division' | 'zone' | 'school'; version: number }>
export type TreePage = { items: TreeNode[]; page: number; pageSize: number; total: number }
export type TreeStep = Narrow<Schemas['OrganisationAbove'], { levelRoles: Level[] }>
export type TreeVersion = Narrow<Schemas['OrganisationVersionResponse'], { version: number }>
export type TreeChange = Narrow<Schemas['TreeChangeResponse'], { organisations: number; schools: number; losing: AccessShift[]; gaining: AccessShift[]; organisation: TreeNode }>
export type AccessShift = Narrow<Schemas['AccessShift'], { role: Role; people: number }>
export type SchoolImport = Schemas['ImportSchoolsResponse']

/** Someone the administrator's desk looks after. */
export type Person = Narrow<Schemas['PersonResponse'], { assignments: { id: string; role: Role; organisation: Organisation; validTo: string | null; isDelegated: boolean }[] }>
export type PersonName = Schemas['PersonName']
export type PersonPage = { items: Person[]; page: number; pageSize: number; total: number }
export type PeopleImport = Narrow<Schemas['ImportPeopleResponse'], { new: number; existing: number; refused: number; rows: ImportedPerson[] }>
export type ImportedPerson = Narrow<Schemas['ImportedPerson'], { row: number; status: 'new' | 'created' | 'exists' | 'refused'; roles: Role[]; invitation: OneTimeCode | null; faults: ImportFault[] }>
export type ImportFault = { column: string; code: string; messages: { zh: string; en: string } }
export type Right = Narrow<Schemas['RightResponse'], { role: Role; version: number; state: 'current' | 'future' | 'ended'; organisation: Organisation }>
export type RightPage = { items: Right[]; page: number; pageSize: number; total: number }
export type Delegation = Narrow<Schemas['DelegationResponse'], { role: Role; organisation: Organisation }>
export type Deputies = Schemas['DeputiesResponse']
export type OneTimeCode = Schemas['OneTimeCodeResponse']
export type PersonAct = 'invitation' | 'reset' | 'unlock' | 'signOut' | 'factor' | 'disable' | 'enable'

/** A central school fills in for a teaching point. */
export type FillIn = Narrow<Schemas['FillInResponse'], { people: { personId: string; displayName: string; role: Role }[] }>
export type FillInRequest = Schemas['DeclareFillInRequest']
