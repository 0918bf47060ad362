import { get } from './http'
import type { NodeDashboard, SchoolDashboard } from './types'

const root = '/api/analytics'

export const readNode = (organisationId: string, cycleId: string, signal?: AbortSignal) =>
  get<NodeDashboard>(`${root}/dashboards/nodes/${organisationId}`, { cycleId }, signal)
export const readSchool = (organisationId: string, cycleId: string, signal?: AbortSignal) =>
  get<SchoolDashboard>(`${root}/dashboards/schools/${organisationId}`, { cycleId }, signal)
