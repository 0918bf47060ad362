import { describe, expect, it } from 'vitest'
import { paper } from '../palette'
import { bars } from './bars'
import { fitted, layOut, type NamedAxis } from './axes'

const cities = ['石家庄市', '唐山市', '秦皇岛市', '邯郸市', '邢台市', '保定市', '张家口市', '承德市', '沧州市', '廊坊市', '衡水市', '定州市', '辛集市', '雄安新区']
const english = cities.map((_, at) => `Some City ${at}`)
const chart = (names: string[]) => bars(paper, names.map((name) => ({ name, value: 1, light: 'green' as const })), String, { name: '目标', value: 1 })
const labelOf = (option: object) => ((option as { xAxis: NamedAxis }).xAxis.axisLabel)
const axisOf = (option: object) => (option as { yAxis: { splitNumber: number } }).yAxis

describe('names below a chart', () => {
  it('stand beside each other where there is room for all of them', () => {
    expect([layOut(cities, 80), layOut(cities.slice(0, 5), 30), layOut(english, 140)]).toEqual(['beside', 'beside', 'beside'])
  })
  it('stand upright where they are short and Chinese, and lean only where they must', () => {
    expect([layOut(cities, 40), layOut(cities, 12), layOut(english, 60), layOut([...cities, '长安第一实验小学'], 40)]).toEqual(['upright', 'turned', 'turned', 'turned'])
  })
  it('are laid out for the width the chart has, again when it has another', () => {
    const option = chart(cities)
    expect(labelOf(fitted(option, 1_200, 300))).toMatchObject({ rotate: 0, formatter: undefined, hideOverlap: false })
    expect(labelOf(fitted(option, 620, 300)).formatter!('唐山市')).toBe('唐\n山\n市')
    expect(labelOf(fitted(option, 200, 300)).rotate).toBe(40)
    expect(labelOf(fitted(chart(english), 620, 300)).rotate).toBe(40)
  })
  it('are no wider than their places: two that touch would be taken for one too many', () => {
    for (const width of [700, 900, 1_200, 1_866]) {
      const { rotate, formatter, width: wide } = labelOf(fitted(chart(cities), width, 300)) as unknown as { rotate: number; formatter?: unknown; width: number }
      if (!rotate && !formatter) expect(wide).toBeLessThan((width - 6 * 12) / cities.length)
    }
    expect(labelOf(fitted(chart(cities), 1_200, 300)).formatter).toBeUndefined()
  })
  it('of two long ones break into lines of about the same length', () => {
    const { width } = labelOf(fitted(chart(['2025—2026学年春季学期劳动教育试点填报', '2026—2027学年秋季学期劳动教育填报']), 420, 300)) as unknown as { width: number }
    expect(width).toBe(11 * 12)
  })
  it('around a radar stay whole: the shape is as large as they allow', () => {
    const radius = (names: string[], width: number, height: number) => (fitted({ radar: { indicator: names.map((name) => ({ name })), axisName: { fontSize: 12 } } }, width, height) as { radar: { radius: number } }).radar.radius
    expect(radius(['课程实施', '师资队伍', '场所条件'], 640, 304)).toBe(110)
    const legend = fitted({ legend: {}, radar: { indicator: [{ name: '课程实施' }], axisName: { fontSize: 12 } } }, 640, 304) as { radar: { radius: number } }
    expect(legend.radar.radius).toBeLessThan(110)
    expect(radius(['Curriculum', 'Collaboration', 'Places and\nequipment'], 300, 304) + 12 * (13 * 0.55 + 1)).toBeLessThan(150)
  })
  it('stand under a target that none of them reaches', () => {
    const top = (values: number[]) => (bars(paper, values.map((value) => ({ name: 'a', value, light: 'red' as const })), String, { name: '目标', value: 100 }) as { yAxis: { max?: number } }).yAxis.max
    expect([top([80, 60]), top([80, 120])]).toEqual([100, undefined])
  })
  it('leave a low chart fewer lines across, and others as they are', () => {
    expect([axisOf(fitted(chart(cities), 600, 120)).splitNumber, axisOf(fitted(chart(cities), 600, 320)).splitNumber]).toEqual([2, 5])
    const drawing = { series: [] }
    expect(fitted(drawing, 600, 120)).toBe(drawing)
  })
})
