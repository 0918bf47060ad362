import type { components } from '../generated/supervision'
import type { Level, Narrow } from './common'

type Schemas = components['schemas']

export type HeldState = Schemas['HeldState']
export type Board = Narrow<Schemas['BoardResponse'], { whole: BoardRow; rows: BoardRow[] }>
export type BoardRow = Narrow<Schemas['BoardRow'], { cells: BoardCell[] }>
export type BoardBand = Schemas['BoardBand']
export type BoardCell = Schemas['BoardCell']
export type HeldReport = Schemas['HeldReportResponse']
export type HeldPage = { items: HeldReport[]; page: number; pageSize: number; total: number }
export type UrgeResult = Schemas['RaiseUrgesResponse']
export type Urge = Schemas['UrgeResponse']
export type HomeWarning = Schemas['HomeWarning']
export type HomeState = Schemas['HomeState']
export type HomeTask = Schemas['HomeTask']
export type HomeCycle = Narrow<Schemas['HomeCycle'], { states: HomeState[]; tasks: HomeTask[]; deadlines: Record<Level, string> }>
export type HomeVacancies = Schemas['HomeVacancies']
export type HomeTalks = Schemas['HomeTalks']
export type Home = Narrow<Schemas['HomeResponse'], { cycles: HomeCycle[]; urges: Urge[]; warnings: HomeWarning[] }>
