import { mount } from '@vue/test-utils'
import { beforeAll, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Area, Figure, IndicatorDefinition, NodeChild } from '@/api/types'
import { allTexts } from '@/app/i18n'
import HeatMatrix from './HeatMatrix.vue'

const ids = Array.from({ length: 37 }, (_, at) => `K${String(at + 1).padStart(2, '0')}`)
const area = (id: string) => (Number(id.slice(1)) > 20 ? 'money' : 'teaching')
const figures = ids.map((id) => ({ id, area: area(id), target: 100, direction: 'up', later: null })) as unknown as Figure[]
const definitions = ids.map((id) => ({ id, name: { zh: `指标${id}`, en: id }, unit: { zh: '%', en: '%' }, decimals: 1 })) as unknown as IndicatorDefinition[]
const areas = [{ key: 'teaching', name: { zh: '教学', en: 'Teaching' } }, { key: 'money', name: { zh: '经费', en: 'Money' } }] as unknown as Area[]
const place = (at: number) => ({
  organisation: { id: `p${at}`, code: `${at}`, nameZh: `单位${at}`, nameEn: `Place ${at}` }, figures: Object.fromEntries(ids.map((id) => [id, { value: at === 0 && id === 'K05' ? null : 50 + at, light: 'red' }])),
}) as unknown as NodeChild
const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: { template: '<i/>' } }] })
const open = (places: number) => mount(HeatMatrix, {
  props: { children: Array.from({ length: places }, (_, at) => place(at)), figures, definitions, areas, cycleId: 'c', schools: false }, global: { plugins: [router] },
})
const printed = async (places: number) => {
  const page = open(places)
  expect(page.find('[data-testid=heat-paper]').exists()).toBe(false)
  window.dispatchEvent(new Event('beforeprint'))
  await nextTick()
  return page
}

describe('the heat on paper', () => {
  beforeAll(() => allTexts())

  it('has the indicators below each other with their names where few places stand across', async () => {
    const page = await printed(14)
    const paper = page.get('[data-testid=heat-paper]')
    expect(paper.findAll('table')).toHaveLength(1)
    expect(paper.findAll('thead th').map((cell) => cell.text())).toEqual(['指标', ...Array.from({ length: 14 }, (_, at) => `单位${at}`)])
    expect(paper.findAll('.area').map((cell) => cell.text())).toEqual(['教学', '经费'])
    expect(paper.findAll('th.named').slice(1).map((cell) => cell.text())).toEqual(ids.map((id) => `${id} 指标${id}`))
    expect(paper.findAll('td')).toHaveLength(37 * 14)
    // Four places reach 60 % of the target; what is missing says so.
    expect([paper.findAll('td.step-1').length, paper.findAll('td.no-figure').map((cell) => cell.text())]).toEqual([4 * 37, ['–']])
    // What is on the screen is not printed twice, and the paper goes again.
    expect(page.get('.scroller').classes()).toContain('printing')
    window.dispatchEvent(new Event('afterprint'))
    await nextTick()
    expect([page.find('[data-testid=heat-paper]').exists(), page.get('.scroller').classes().includes('printing')]).toEqual([false, false])
    page.unmount()
  })

  it('has many places below each other, all of them, and ten indicators at a time', async () => {
    const page = await printed(60)
    const tables = page.get('[data-testid=heat-paper]').findAll('table')
    expect(tables.map((one) => one.findAll('thead th').length - 1)).toEqual([9, 10, 9, 9])
    expect(tables.map((one) => one.findAll('tbody tr').length)).toEqual([60, 60, 60, 60])
    page.unmount()
  })
})
