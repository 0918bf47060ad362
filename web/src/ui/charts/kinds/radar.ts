import type { EChartsCoreOption } from '../echarts'
import type { Palette } from '../palette'
import { common, type Say } from './axes'

export type Shape = { name: string; values: (number | null)[] }

/** A long name stands in two lines: beside the shape there is little room on a phone. */
const parted = (name: string) => (name.length > 14 ? name.replace(/ (?=\S+$)/, '\n') : name)

/** Scores of 0 to 100 over the areas; each place another colour and another kind of line. */
export function radar(palette: Palette, areas: string[], shapes: Shape[], say: Say): EChartsCoreOption {
  const kinds = ['solid', 'dashed', 'dotted'] as const
  return {
    ...common(palette), tooltip: { ...common(palette).tooltip, valueFormatter: (value: unknown) => say(value == null ? null : Number(value)) },
    legend: shapes.length > 1 ? { bottom: 0, textStyle: { color: palette.soft, fontSize: palette.text } } : undefined,
    radar: {
      indicator: areas.map((name) => ({ name: parted(name), max: 100, min: 0 })), radius: palette.text > 12 ? '66%' : '48%', center: ['50%', shapes.length > 1 ? '45%' : '52%'], splitNumber: 4,
      axisName: { color: palette.soft, fontSize: palette.text, lineHeight: palette.text * 1.25 }, splitLine: { lineStyle: { color: palette.grid } }, axisLine: { lineStyle: { color: palette.grid } },
      splitArea: { show: false },
    },
    series: [{
      type: 'radar', symbolSize: 6,
      data: shapes.map(({ name, values }, at) => {
        const colour = palette.categories[at % palette.categories.length]
        return { name, value: values.map((value) => value ?? 0), lineStyle: { color: colour, width: 2.5, type: kinds[at % kinds.length] }, itemStyle: { color: colour }, areaStyle: at === 0 ? { color: colour, opacity: 0.12 } : undefined }
      }),
    }],
  }
}
