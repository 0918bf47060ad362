import type { EChartsCoreOption } from '../echarts'
import type { Palette } from '../palette'
import { acrossLine, common, markLines, namedAxis, plotArea, valueAxis, type Say } from './axes'

/** What a place has of a whole: a share of schools, of hours, of pupils. */
export type Part = { name: string; numerator: number; denominator: number }
export type Controlled = { name: string; value: number; low: number; high: number; out: 'below' | 'above' | null }

/**
 * A p-chart: each place beside the whole, and how far a share of so many would stray by chance (three standard errors). Only what lies outside
 * is worth a question; a league table asks one of everybody.
 */
export function controlled(parts: Part[]): { centre: number; rows: Controlled[] } | null {
  const [above, below] = [parts.reduce((sum, one) => sum + one.numerator, 0), parts.reduce((sum, one) => sum + one.denominator, 0)]
  if (below <= 0) return null
  const centre = above / below
  // Not a share of anything countable: chance says nothing about it.
  if (centre < 0 || centre > 1 || parts.some((one) => one.numerator > one.denominator || one.numerator < 0)) return null
  const rows = parts.filter((one) => one.denominator > 0).map((one) => {
    const [value, reach] = [one.numerator / one.denominator, 3 * Math.sqrt((centre * (1 - centre)) / one.denominator)]
    const [low, high] = [Math.max(0, centre - reach), Math.min(1, centre + reach)]
    return { name: one.name, value, low, high, out: value < low ? 'below' as const : value > high ? 'above' as const : null }
  })
  return { centre, rows }
}

export function control(palette: Palette, { centre, rows }: { centre: number; rows: Controlled[] }, say: Say, words: { centre: string; low: string; high: string; value: string }): EChartsCoreOption {
  const limit = (name: string, read: (row: Controlled) => number) => ({
    name, type: 'line', step: 'middle', symbol: 'none', silent: true, lineStyle: { color: palette.axis, width: 1.25, type: 'dotted' }, color: palette.axis, data: rows.map(read),
  })
  return {
    ...common(palette), grid: plotArea(), tooltip: { ...common(palette).tooltip, trigger: 'axis', valueFormatter: (value: unknown) => say(Number(value)) },
    xAxis: namedAxis(palette, rows.map(({ name }) => name)), yAxis: { ...valueAxis(palette, say), scale: true },
    series: [
      // Places are in no order: a line from one to the next would say nothing.
      { name: words.value, type: 'line', lineStyle: { width: 0 }, color: palette.categories[1],
        data: rows.map(({ value, out }) => ({ value, symbol: out ? 'diamond' : 'circle', symbolSize: out ? 13 : 8, itemStyle: { color: out ? palette.categories[2] : palette.categories[1] } })),
        markLine: markLines([acrossLine(palette, words.centre, centre, palette.ink, false)]) },
      limit(words.low, ({ low }) => low), limit(words.high, ({ high }) => high),
    ],
  }
}
