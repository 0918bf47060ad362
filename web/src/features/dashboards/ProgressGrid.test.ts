import { flushPromises, mount } from '@vue/test-utils'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { computed } from 'vue'
import { listReports, type ReportFilter } from '@/api/reporting'
import { allTexts } from '@/app/i18n'
import { chartFrame } from '@/ui/charts/chartFrame'
import ProgressGrid from './ProgressGrid.vue'
import { schoolsOnAWall } from './progress'

const schools = Array.from({ length: 130 }, (_, at) => ({
  id: `report-${at}`, organisation: { id: `school-${at}`, nameZh: `第${at + 1}小学`, nameEn: null }, modules: [{ key: 'basic', state: at % 2 ? 'submitted' : 'draft' }],
}))
vi.mock('@/api/reporting', () => ({
  listReports: vi.fn(async ({ page = 1, pageSize = 50 }: ReportFilter) => ({ items: schools.slice((page - 1) * pageSize, page * pageSize), total: schools.length, page, pageSize })),
}))
const open = (onWall: boolean, wallPage?: number) => mount(ProgressGrid, {
  props: { organisationId: 'county', cycleId: 'cycle', modules: [{ key: 'basic', name: { zh: '基本信息', en: 'Basics' } }] as never, wallPage },
  global: { plugins: [VueQueryPlugin], provide: { [chartFrame as symbol]: computed(() => ({ place: '长安区', cycle: '秋季', asOf: null, stale: false, onWall })) }, stubs: { RouterLink: { template: '<a><slot /></a>' } } },
})
const named = (grid: ReturnType<typeof open>) => grid.findAll('tbody th').map((one) => one.text())

describe('who has signed what', () => {
  beforeAll(() => allTexts())

  it('shows a wall the page it is at, all of it beside each other, and says how many schools there are', async () => {
    const grid = open(true, 1)
    await flushPromises()
    const seen = [...named(grid)]
    expect([grid.findAll('table').length, seen.length, grid.emitted('counted')?.[0], grid.findAll('button').length]).toEqual([2, schoolsOnAWall, [130], 0])
    for (const page of [2, 3, 4]) {
      await grid.setProps({ wallPage: page })
      await flushPromises()
      seen.push(...named(grid))
    }
    expect(seen).toEqual(schools.map(({ organisation }) => organisation.nameZh))
    expect(vi.mocked(listReports).mock.calls.map(([filter]) => filter.page)).toEqual([1, 2, 3, 4])
  })
  it('lets a hand leaf elsewhere', async () => {
    const grid = open(false)
    await flushPromises()
    expect([grid.findAll('table').length, named(grid).length]).toEqual([1, 50])
    await grid.findAll('.foot button')[1]!.trigger('click')
    await flushPromises()
    expect(named(grid)[0]).toBe('第51小学')
  })
})
