import { describe, expect, it } from 'vitest'
import type { Figure, LiveFigures, NodeDashboard } from '@/api/types'
import { withNews } from './useLiveFigures'

const figure = (id: string, value: number, excludedCount: number, excluded: string[] = []): Figure => ({
  id, area: 'curriculum', kind: 'share', value, numerator: value, denominator: 100, unit: null, target: 100, direction: 'up', light: 'amber', later: null,
  passport: {
    asOf: '2026-09-15T00:00:00Z', coverage: { reported: 1, due: 2 }, approvalShare: 0, formulaVersion: '2026.1', excludedCount,
    excluded: excluded.map((organisationId) => ({ organisationId, reason: 'not-submitted' })),
  },
})
const counts = { schools: 2, due: 20, submitted: 1, onTime: 1, late: 0, countyApproved: 0, cityApproved: 0, accepted: 0, returned: 0, rate: 0.05, timelyRate: 0.05, exempt: 0 }
const page = {
  cycleId: 'c', asOf: '2026-09-15T00:00:00Z', completeness: counts, areas: [], index: { value: 10, light: 'red' }, children: [],
  indicators: [figure('K01', 10, 1, ['one']), figure('K02', 20, 2, ['one', 'two'])],
} as unknown as NodeDashboard

describe('pushed figures', () => {
  const news = (indicators: Figure[]): LiveFigures =>
    ({ whole: false, asOf: '2026-09-15T00:01:00Z', completeness: { ...counts, submitted: 2 }, areas: [], index: { value: 11, light: 'red' }, indicators })

  it('replace what they name and leave the rest', () => {
    const shown = withNews(page, news([figure('K01', 12, 1)]))
    expect(shown.indicators.map(({ value }) => value)).toEqual([12, 20])
    expect([shown.asOf, shown.completeness.submitted, shown.index.value]).toEqual(['2026-09-15T00:01:00Z', 2, 11])
    expect(page.indicators[0]!.value).toBe(10)
  })
  it('keep the names of those left out, until nobody is', () => {
    expect(withNews(page, news([figure('K01', 12, 1)])).indicators[0]!.passport.excluded).toHaveLength(1)
    expect(withNews(page, news([figure('K01', 12, 0)])).indicators[0]!.passport.excluded).toEqual([])
  })
})
