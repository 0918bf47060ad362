import type { components } from '../generated/analytics'
import type { Narrow } from './common'
import type { Organisation } from './identity'
import type { ModuleState } from './reporting'

type Schemas = components['schemas']

export type Light = 'green' | 'amber' | 'red' | 'none'
export type Completeness = Schemas['CompletenessResponse']
export type Passport = Schemas['PassportResponse']

type Exact = { light: Light; direction: 'up' | 'down' | 'band' }
type NodeFigure = Narrow<Schemas['FigureResponse'], Exact>
type SchoolFigure = Narrow<Schemas['SchoolFigureResponse'], Exact>
/** Of a school also the median of its county, and why there is no value. */
export type Figure = NodeFigure & Partial<Pick<SchoolFigure, 'countyMedian' | 'reason'>>

export type AreaScore = Narrow<Schemas['AreaResponse'], { light: Light }>
export type IndexScore = Narrow<Schemas['IndexResponse'], { light: Light }>
export type FigureGlance = Narrow<Schemas['ShortFigureResponse'], { light: Light }>

type Rated = { organisation: Organisation; areas: AreaScore[]; index: IndexScore }

export type NodeChild = Narrow<Schemas['ChildResponse'], Rated & { figures: Record<string, FigureGlance> }>
export type NodeDashboard = Narrow<Schemas['NodeDashboardResponse'], Rated & { indicators: Figure[]; children: NodeChild[] }>
export type SchoolDashboard = Narrow<Schemas['SchoolDashboardResponse'], Rated & {
  indicators: Figure[]
  modules: { key: string; state: ModuleState | 'not-submitted'; revision: number | null; submittedAt: string | null }[]
}>
export type DashboardHead = Pick<NodeDashboard, 'organisation' | 'parents' | 'cycleId' | 'asOf' | 'areas' | 'index' | 'indicators'>
