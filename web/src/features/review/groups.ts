import type { ReviewerGroup } from '@/api/types'
import { zone } from '@/ui/format'

/** "2026-09-15" where the schools are. */
export const dayIn = (at: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)

/** Its last day counts. */
export const isRunning = (group: Pick<ReviewerGroup, 'endedAt' | 'validTo'>, today: string) => group.endedAt === null && group.validTo >= today
