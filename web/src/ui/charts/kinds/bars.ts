import type { Light } from '@/api/types'
import type { EChartsCoreOption } from '../echarts'
import type { Palette } from '../palette'
import { acrossLine, common, markLines, namedAxis, plotArea, roomFor, valueAxis, type Say } from './axes'

export type Bar = { name: string; value: number; light: Light }

/** Who is behind, and how far: bars in their order, the target as a line. */
export function bars(palette: Palette, rows: Bar[], say: Say, target?: { name: string; value: number | null | undefined }): EChartsCoreOption {
  // A target beyond the highest bar belongs on the chart: it is what all of them fall short of.
  const beyond = target?.value != null && rows.every(({ value }) => value < target.value!) ? target.value : undefined
  return {
    ...common(palette), grid: target?.value == null ? plotArea() : { ...plotArea(), right: roomFor(palette, target.name) }, tooltip: { ...common(palette).tooltip, trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: (value: unknown) => say(Number(value)) },
    xAxis: namedAxis(palette, rows.map(({ name }) => name)), yAxis: { ...valueAxis(palette, say), max: beyond },
    series: [{
      type: 'bar', barMaxWidth: 28, data: rows.map(({ value, light }) => ({ value, itemStyle: { color: palette.lights[light], borderRadius: [4, 4, 0, 0] } })),
      markLine: target?.value == null ? undefined : markLines([acrossLine(palette, target.name, target.value, palette.ink, true, 'end')]),
    }],
  }
}
