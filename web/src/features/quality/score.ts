import type { Light } from '@/api/types'

/** From 90 nothing stands out, below 75 somebody should look. */
export const lightOf = (score: number | null | undefined): Light => (score == null ? 'none' : score >= 90 ? 'green' : score >= 75 ? 'amber' : 'red')

export const suspicions = ['peers', 'history', 'copied', 'repeated', 'rounded'] as const
export const bandNames = ['< 60', '60–69', '70–79', '80–89', '90–100'] as const

export const toSchoolQuality = (organisationId: string, cycleId: string) => ({ name: 'school-quality', params: { organisationId }, query: { cycle: cycleId } })
export const toNodeQuality = (organisationId: string, cycleId: string) => ({ name: 'quality', params: { organisationId }, query: { cycle: cycleId } })
