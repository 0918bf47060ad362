import type { EChartsCoreOption } from '../echarts'
import type { Palette } from '../palette'
import { acrossLine, common, markLines, namedAxis, plotArea, roomFor, valueAxis, type Say } from './axes'

/** How the schools of a place spread: lowest, quarter, middle, three quarters, highest. */
export type Box = { name: string; five: [number, number, number, number, number]; schools: number }

export function boxes(palette: Palette, rows: Box[], say: Say, words: { lines: (box: Box) => string; whole?: { name: string; value: number | null | undefined } }): EChartsCoreOption {
  return {
    ...common(palette), grid: words.whole?.value == null ? plotArea() : { ...plotArea(), right: roomFor(palette, words.whole.name) },
    tooltip: { ...common(palette).tooltip, trigger: 'item', formatter: ({ dataIndex }: { dataIndex: number }) => (rows[dataIndex] ? words.lines(rows[dataIndex]) : '') },
    xAxis: namedAxis(palette, rows.map(({ name }) => name)), yAxis: valueAxis(palette, say),
    series: [{
      type: 'boxplot', boxWidth: [8, 34], data: rows.map(({ five }) => five), itemStyle: { color: palette.sequential[1], borderColor: palette.categories[0], borderWidth: 1.5 },
      emphasis: { itemStyle: { borderWidth: 2.5, borderColor: palette.ink } },
      markLine: words.whole?.value == null ? undefined : markLines([acrossLine(palette, words.whole.name, words.whole.value, palette.ink, true, 'end')]),
    }],
  }
}
