import { mount } from '@vue/test-utils'
import { beforeAll, describe, expect, it } from 'vitest'
import { computed } from 'vue'
import { Problem } from '@/api/problem'
import { allTexts } from '@/app/i18n'
import ChartBox from './ChartBox.vue'
import { chartFrame, type ChartFrame } from './chartFrame'

const table = { head: ['地区', '开课率'], rows: [['石家庄市', '98%'], ['唐山市', '–']] }
const frame: ChartFrame = { place: '河北省', cycle: '秋季', asOf: '2020-09-15T02:03:04Z', stale: false }
const open = (props: object = {}, of: Partial<ChartFrame> = {}) => mount(ChartBox, {
  props: { title: '各市比较', table, ...props }, slots: { default: '<svg data-chart class="own"></svg>', tools: '<select class="which"></select>' },
  global: { provide: { [chartFrame as symbol]: computed(() => ({ ...frame, ...of })) } },
})

describe('the frame of a chart', () => {
  beforeAll(() => allTexts())

  it('shows the chart and, asked for, the same as a table', async () => {
    const box = open()
    expect(box.find('.own').exists()).toBe(true)
    expect(box.get('section').attributes('aria-labelledby')).toBe(box.get('h2').attributes('id'))
    await box.get('button[aria-pressed]').trigger('click')
    expect(box.find('.own').exists()).toBe(false)
    expect(box.findAll('tbody tr').map((row) => row.text())).toEqual(['石家庄市98%', '唐山市–'])
    await box.get('button[aria-pressed]').trigger('click')
    expect(box.find('.own').exists()).toBe(true)
  })
  it('says which it is: still coming, failed, or truly empty, and offers no table of nothing', () => {
    const pending = open({ pending: true })
    expect([pending.find('[aria-busy=true]').exists(), pending.find('.own').exists(), pending.find('button[aria-pressed]').exists()]).toEqual([true, false, false])
    const failed = open({ problem: new Problem({ status: 503, code: 'ANA-0001', title: 'x' }) })
    expect(failed.get('[role=alert]').text()).toContain('各市比较')
    expect(failed.get('[role=alert]').text()).toContain('ANA-0001')
    const empty = open({ empty: true, emptyText: '没有低于目标的指标。' })
    expect([empty.text().includes('没有低于目标的指标。'), empty.find('[role=alert]').exists(), empty.find('.own').exists()]).toEqual([true, false, false])
  })
  it('asks again when told to', async () => {
    const failed = open({ problem: new Problem({ status: 503, code: 'ANA-0001', title: 'x' }) })
    await failed.get('[role=alert] button').trigger('click')
    expect(failed.emitted('retry')).toHaveLength(1)
  })
  it('says as of when, and when it is the last that was known', () => {
    expect(open().get('footer').text()).toContain('数据截至 2020/09/15 10:03')
    expect(open({}, { stale: true }).get('footer').text()).toContain('未能更新')
    expect(open({ asOf: '2021-01-01T00:00:00Z' }).get('footer').text()).toContain('2021/01/01 08:00')
    expect(open({ asOf: null }).find('footer').exists()).toBe(false)
  })
  it('has nothing to click on a wall', () => {
    const box = open({}, { onWall: true })
    expect(box.findAll('button, select, summary')).toEqual([])
    expect(box.find('.own').exists()).toBe(true)
  })
})
