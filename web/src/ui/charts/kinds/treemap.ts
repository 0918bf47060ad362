import type { EChartsCoreOption } from '../echarts'
import { inkOn, type Palette } from '../palette'
import { common, type Say } from './axes'

export type Share = { name: string; value: number }

/** What a sum goes into: the larger the more. */
export function treemap(palette: Palette, shares: Share[], say: Say, percent: (share: number) => string): EChartsCoreOption {
  const whole = shares.reduce((sum, { value }) => sum + value, 0) || 1
  const text = ({ name, value }: { name: string; value: number }) => `${name}\n${say(value)} · ${percent(value / whole)}`
  // A narrow field holds its name and its share; the sum is in the hint and in the table.
  const short = (one: { name: string; value: number }) => (one.value / whole >= 0.1 ? text(one) : `${one.name}\n${percent(one.value / whole)}`)
  return {
    ...common(palette), tooltip: { ...common(palette).tooltip, formatter: text },
    series: [{
      type: 'treemap', roam: false, nodeClick: false, breadcrumb: { show: false }, left: 0, right: 0, top: 0, bottom: 0, itemStyle: { borderColor: palette.surface, borderWidth: 2, gapWidth: 2 },
      label: { formatter: short, fontSize: palette.text + 1, overflow: 'break', lineHeight: palette.text * 1.5 },
      data: shares.map(({ name, value }, at) => {
        // They come from the largest on: the more, the stronger. Many colours would say that they are of different kinds.
        const colour = palette.sequential[palette.sequential.length - 1 - Math.floor((at * palette.sequential.length) / shares.length)]!
        return { name, value, itemStyle: { color: colour }, label: { color: inkOn(colour) } }
      }),
    }],
  }
}
