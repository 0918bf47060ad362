import { dataOf, supervision as client } from './client'
import { Problem } from './problem'
import type { CountyDispatch, GapCode, MissingSchool, ReviewStep, Sample, SampleSummary } from './types'

const one = (id: string) => ({ path: { id } })

export const readSample = async (id: string) => (await dataOf(client.GET('/api/supervision/samples/{id}', { params: one(id) }))) as Sample
export const listSamples = async (cycleId: string) =>
  (await dataOf(client.GET('/api/supervision/samples', { params: { query: { cycleId, pageSize: 500 } } }))).items as SampleSummary[]
export const readSampleProof = (id: string) => dataOf(client.GET('/api/supervision/samples/{id}/proof', { params: one(id) }))
export const approveRest = (id: string) => dataOf(client.POST('/api/supervision/samples/{id}/approval', { params: one(id) }))

const announce = async (body: { cycleId: string; step: ReviewStep; organisationId: string; sharePercent: number }) =>
  (await dataOf(client.POST('/api/supervision/samples', { body }))) as Sample

export const draw = async (id: string) => (await dataOf(client.POST('/api/supervision/samples/{id}/draw', { params: one(id) }))) as Sample

/** Freezes the list and draws from it. The seed is the announcement's place in the audit's chain: it is there within a moment. */
export async function drawSample(body: { cycleId: string; step: ReviewStep; organisationId: string; sharePercent: number }): Promise<Sample> {
  const announced = await announce(body)
  return drawWhenChained(announced.id)
}

export async function drawWhenChained(id: string): Promise<Sample> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await draw(id)
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.code !== 'SUP-0032' || attempt === 10) throw problem
      await new Promise((resolve) => setTimeout(resolve, 400))
    }
  }
}

export const listCounties = async (cycleId: string, organisationId: string) =>
  (await dataOf(client.GET('/api/supervision/dispatches', { params: { query: { cycleId, organisationId } } }))) as CountyDispatch[]
export const listMissingSchools = async (cycleId: string, organisationId: string) =>
  (await dataOf(client.GET('/api/supervision/dispatches/missing', { params: { query: { cycleId, organisationId } } }))) as MissingSchool[]
export const sendCounty = (body: { cycleId: string; organisationId: string; gaps: { reportId: string; code: GapCode; text: string }[] }) =>
  dataOf(client.POST('/api/supervision/dispatches', { body }))
export const decideGaps = (id: string, body: { allow: boolean; note: string | null }) =>
  dataOf(client.POST('/api/supervision/dispatches/{id}/decision', { params: one(id), body }))
