import { analytics as client, dataOf } from './client'
import type { Matrix, Progress, Scatter, Sparklines, Spreads, Sums } from './types'

type Place = { organisationId: string; cycleId: string }

/** Everything directly below, or all counties wherever they hang, by all indicators. */
export const readMatrix = async ({ organisationId, cycleId }: Place, below: 'children' | 'counties', signal?: AbortSignal) =>
  (await dataOf(client.GET('/api/analytics/comparisons/{organisationId}/matrix', { params: { path: { organisationId }, query: { cycleId, below } }, signal }))) as Matrix

/** Quartiles of up to six indicators by a dimension of breakdowns. */
export const readSpreads = async ({ organisationId, cycleId }: Place, indicators: string[], by: string, signal?: AbortSignal) =>
  (await dataOf(client.GET('/api/analytics/comparisons/{organisationId}/spreads', { params: { path: { organisationId }, query: { cycleId, indicators: indicators.join(','), by } }, signal }))) as Spreads

export const readScatter = async ({ organisationId, cycleId }: Place, x: string, y: string, signal?: AbortSignal) =>
  (await dataOf(client.GET('/api/analytics/comparisons/{organisationId}/scatter', { params: { path: { organisationId }, query: { cycleId, x, y } }, signal }))) as Scatter

export const readSparklines = async ({ organisationId, cycleId }: Place, indicator: string, signal?: AbortSignal) =>
  (await dataOf(client.GET('/api/analytics/comparisons/{organisationId}/sparklines', { params: { path: { organisationId }, query: { cycleId, indicator } }, signal }))) as Sparklines

export const readProgress = async ({ organisationId, cycleId }: Place, signal?: AbortSignal) =>
  (await dataOf(client.GET('/api/analytics/comparisons/{organisationId}/progress', { params: { path: { organisationId }, query: { cycleId } }, signal }))) as Progress

/** The numbers of one section of a form, added up: money by use. */
export const readSums = async ({ organisationId, cycleId }: Place, module: string, section: string, signal?: AbortSignal) =>
  (await dataOf(client.GET('/api/analytics/comparisons/{organisationId}/sums', { params: { path: { organisationId }, query: { cycleId, module, section } }, signal }))) as Sums
