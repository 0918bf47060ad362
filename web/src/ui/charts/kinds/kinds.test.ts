import { describe, expect, it } from 'vitest'
import { inkOn, paper, wall } from '../palette'
import { boxes } from './boxes'
import { control, controlled } from './control'
import { lines } from './lines'
import { points } from './points'
import { treemap } from './treemap'

type Loose = { series: { type: string; data: { symbol?: string; value?: unknown; label?: { color: string }; itemStyle?: { color: string } }[]; markLine?: unknown; connectNulls?: boolean }[]; tooltip: { renderMode: string; formatter: (point: object) => string } }
const loose = (option: object) => option as unknown as Loose
const say = (value: number | null | undefined) => (value == null ? '–' : String(value))

describe('a control chart', () => {
  it('asks only those that stray further than chance', () => {
    const chart = controlled([{ name: 'a', numerator: 90, denominator: 100 }, { name: 'b', numerator: 88, denominator: 100 }, { name: 'small', numerator: 3, denominator: 4 }, { name: 'low', numerator: 50, denominator: 100 }])!
    expect(chart.centre).toBeCloseTo(231 / 304, 10)
    // Three of four is further from the whole than 88 of 100 and still nothing: so few say little.
    expect(chart.rows.map(({ name, out }) => [name, out])).toEqual([['a', 'above'], ['b', null], ['small', null], ['low', 'below']])
    for (const { low, high } of chart.rows) expect(low >= 0 && high <= 1 && low < high).toBe(true)
  })
  it('says nothing of what is no share, or of nobody', () => {
    expect(controlled([{ name: 'money', numerator: 500, denominator: 4 }])).toBeNull()
    expect(controlled([{ name: 'one', numerator: 1, denominator: 2 }, { name: 'fee', numerator: -1, denominator: 2 }])).toBeNull()
    expect(controlled([])).toBeNull()
    expect(controlled([{ name: 'none', numerator: 0, denominator: 0 }])).toBeNull()
    expect(controlled([{ name: 'none', numerator: 0, denominator: 0 }, { name: 'some', numerator: 1, denominator: 2 }])!.rows.map(({ name }) => name)).toEqual(['some'])
  })
  it('marks what is outside by its shape as well', () => {
    const { series } = loose(control(paper, controlled([{ name: 'a', numerator: 99, denominator: 100 }, { name: 'b', numerator: 50, denominator: 100 }, { name: 'c', numerator: 75, denominator: 100 }])!, say, { centre: 'c', low: 'l', high: 'h', value: 'v' }))
    expect(series[0]!.data.map(({ symbol }) => symbol)).toEqual(['diamond', 'diamond', 'circle'])
    expect(series).toHaveLength(3)
  })
})

describe('charts', () => {
  it('leave a gap where there was no figure, and mark where the definition changed', () => {
    const { series } = loose(lines(paper, ['1', '2', '3'], [{ name: 'a', values: [1, null, 3], marked: [false, false, true] }], say))
    expect(series[0]!.connectNulls).toBe(false)
    expect(series[0]!.data.map(({ value }) => value)).toEqual([1, null, 3])
    expect(series[0]!.data[2]!.symbol).toBe('emptyDiamond')
    expect(series[0]!.markLine).toBeUndefined()
  })
  it('give each light another shape', () => {
    const { series } = loose(points(paper, (['green', 'amber', 'red', 'none'] as const).map((light) => ({ name: light, x: 1, y: 2, light })), { name: 'x', say }, { name: 'y', say }))
    expect(new Set(series[0]!.data.map(({ symbol }) => symbol)).size).toBe(4)
  })
  it('write on a colour so that it can be read', () => {
    for (const palette of [paper, wall]) {
      for (const { label, itemStyle } of loose(treemap(palette, palette.categories.map((name) => ({ name, value: 1 })), say, say)).series[0]!.data) expect(label!.color).toBe(inkOn(itemStyle!.color))
    }
  })
  it('hint in text, never in markup: a name is what it is', () => {
    const { tooltip } = loose(boxes(paper, [{ name: '<b>一小</b>', five: [1, 2, 3, 4, 5], schools: 2 }], say, { lines: ({ name }) => name }))
    expect(tooltip.renderMode).toBe('richText')
    expect(tooltip.formatter({ dataIndex: 0 })).toBe('<b>一小</b>')
    expect(tooltip.formatter({ dataIndex: 7 })).toBe('')
  })
})
