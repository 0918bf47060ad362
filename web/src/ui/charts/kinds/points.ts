import type { Light } from '@/api/types'
import type { EChartsCoreOption } from '../echarts'
import type { Palette } from '../palette'
import { common, plotArea, valueAxis, type Say } from './axes'

export type Point = { name: string; x: number; y: number; light: Light }
export type Axis = { name: string; say: Say; target?: number | null }
// Lights are shapes as well as colours, as everywhere.
const shapes: Record<Light, string> = { green: 'circle', amber: 'triangle', red: 'rect', none: 'emptyCircle' }

/** Two numbers of each place: whether those who have more of the one have more of the other. */
export function points(palette: Palette, rows: Point[], x: Axis, y: Axis): EChartsCoreOption {
  const marks = [x.target == null ? null : { xAxis: x.target }, y.target == null ? null : { yAxis: y.target }].filter((one) => one !== null)
  return {
    ...common(palette), grid: { ...plotArea(36), bottom: 28 },
    tooltip: { ...common(palette).tooltip, trigger: 'item', formatter: ({ dataIndex }: { dataIndex: number }) => { const one = rows[dataIndex]; return one ? `${one.name}\n${x.name} ${x.say(one.x)}\n${y.name} ${y.say(one.y)}` : '' } },
    xAxis: { ...valueAxis(palette, x.say, x.name), scale: true, nameLocation: 'middle', nameGap: 28, nameTextStyle: { color: palette.soft, align: 'center' } },
    yAxis: { ...valueAxis(palette, y.say, y.name), scale: true },
    series: [{
      type: 'scatter', data: rows.map((one) => ({ value: [one.x, one.y], symbol: shapes[one.light], itemStyle: { color: palette.lights[one.light], opacity: rows.length > 80 ? 0.65 : 0.9 } })),
      symbolSize: rows.length > 80 ? 8 : 12, emphasis: { itemStyle: { borderColor: palette.ink, borderWidth: 2 } },
      markLine: marks.length ? { symbol: 'none', silent: true, animation: false, label: { show: false }, lineStyle: { color: palette.axis, type: 'dashed' }, data: marks } : undefined,
    }],
  }
}
