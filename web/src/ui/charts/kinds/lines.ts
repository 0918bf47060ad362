import type { EChartsCoreOption } from '../echarts'
import type { Palette } from '../palette'
import { acrossLine, common, markLines, namedAxis, plotArea, valueAxis, type Say } from './axes'

export type Line = { name: string; values: (number | null)[]; marked?: boolean[] }

/** Over the periods; a gap where there was no figure, and a hollow point where the definition changed: the two sides are not the same number. */
export function lines(palette: Palette, periods: string[], series: Line[], say: Say, target?: { name: string; value: number | null | undefined }): EChartsCoreOption {
  return {
    ...common(palette), grid: plotArea(series.length > 1 ? 40 : 28),
    legend: series.length > 1 ? { top: 0, textStyle: { color: palette.soft, fontSize: palette.text } } : undefined,
    tooltip: { ...common(palette).tooltip, trigger: 'axis', valueFormatter: (value: unknown) => say(value == null ? null : Number(value)) },
    xAxis: { ...namedAxis(palette, periods), boundaryGap: periods.length < 3 }, yAxis: { ...valueAxis(palette, say), scale: true },
    series: series.map(({ name, values, marked }, at) => ({
      name, type: 'line', connectNulls: false, symbolSize: 9, lineStyle: { width: 2.5 }, color: palette.categories[at % palette.categories.length],
      data: values.map((value, period) => ({ value, symbol: marked?.[period] ? 'emptyDiamond' : 'circle' })),
      markLine: at > 0 || target?.value == null ? undefined : markLines([acrossLine(palette, target.name, target.value)]),
    })),
  }
}
