import { analytics as client, dataOf } from './client'
import type { Breakdown, FigureExplanation, FigurePeers, FigureSchool, FigureSeries, FigureSteps, IndexExplanation } from './types'

type Place = { indicator: string; organisationId: string; cycleId: string }
const at = ({ indicator, organisationId, cycleId }: Place) => ({ path: { indicator }, query: { organisationId, cycleId } })

export const readFigure = async (place: Place, signal?: AbortSignal) =>
  (await dataOf(client.GET('/api/analytics/figures/{indicator}', { params: at(place), signal }))) as FigureExplanation
export const readIndex = async (organisationId: string, cycleId: string, signal?: AbortSignal) =>
  (await dataOf(client.GET('/api/analytics/figures/index', { params: { query: { organisationId, cycleId } }, signal }))) as IndexExplanation
export const readSteps = async (place: Place, signal?: AbortSignal) =>
  (await dataOf(client.GET('/api/analytics/figures/{indicator}/steps', { params: at(place), signal }))) as FigureSteps
/** Whose schools are counted: those of each cycle's own tree, those there today, those the roster was frozen with. */
export type Tree = 'cycle' | 'today' | 'opening'
export const readSeries = async (place: Place, tree: Tree, signal?: AbortSignal) => {
  const { path, query } = at(place)
  return (await dataOf(client.GET('/api/analytics/figures/{indicator}/series', { params: { path, query: { ...query, tree } }, signal }))) as FigureSeries
}

export const readPeers = async (place: Place, signal?: AbortSignal) =>
  (await dataOf(client.GET('/api/analytics/figures/{indicator}/peers', { params: at(place), signal }))) as FigurePeers

export const readBreakdown = async (place: Place, by: string, signal?: AbortSignal) => {
  const { path, query } = at(place)
  return (await dataOf(client.GET('/api/analytics/figures/{indicator}/breakdown', { params: { path, query: { ...query, by } }, signal }))) as Breakdown
}

export type SchoolsAsked = { left?: string; by?: string; group?: string; order?: string; page: number; pageSize: number }
export const listFigureSchools = async (place: Place, asked: SchoolsAsked, signal?: AbortSignal) => {
  const { path, query } = at(place)
  return (await dataOf(client.GET('/api/analytics/figures/{indicator}/schools', { params: { path, query: { ...query, ...asked } }, signal }))) as { items: FigureSchool[]; total: number }
}
