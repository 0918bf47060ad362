import type { Texts } from './common'
import type { Organisation } from './identity'
import type { ModuleState } from './reporting'

export type Light = 'green' | 'amber' | 'red' | 'none'

export type Completeness = {
  schools: number
  due: number
  submitted: number
  onTime: number
  late: number
  countyApproved: number
  cityApproved: number
  accepted: number
  returned: number
  rate: number | null
  timelyRate: number | null
}

export type Passport = {
  asOf: string
  coverage: { reported: number; due: number }
  approvalShare: number | null
  formulaVersion: string
  excluded: { organisationId: string; reason: string }[]
  excludedCount: number
}

export type Figure = {
  id: string
  area: string
  kind: string
  value: number | null
  numerator: number | null
  denominator: number | null
  unit: Texts | null
  target: number | null
  direction: 'up' | 'down' | 'band'
  light: Light
  /** Why the indicator is not computed yet. */
  later: Texts | null
  /** Of a school: why there is no value. */
  reason?: string | null
  passport: Passport
  countyMedian?: number | null
}

export type AreaScore = { key: string; score: number | null; light: Light }
export type IndexScore = { value: number | null; light: Light }
export type FigureGlance = { value: number | null; light: Light }

export type NodeChild = {
  organisation: Organisation
  completeness: Completeness
  index: IndexScore
  areas: AreaScore[]
  figures: Record<string, FigureGlance>
}

export type DashboardHead = {
  organisation: Organisation
  parents: { id: string; nameZh: string; nameEn: string }[]
  cycleId: string
  asOf: string
  areas: AreaScore[]
  index: IndexScore
  indicators: Figure[]
}

export type NodeDashboard = DashboardHead & { completeness: Completeness; children: NodeChild[] }

export type SchoolDashboard = DashboardHead & {
  completeness: Completeness
  modules: { key: string; state: ModuleState | 'not-submitted'; revision: number | null; submittedAt: string | null }[]
}
