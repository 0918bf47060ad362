// The only door to ECharts, and only for what dashboards draw; imported lazily so that nobody else loads it.
import { BarChart, GaugeChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, GaugeChart, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer])

export { init }
export type { EChartsCoreOption, EChartsType } from 'echarts/core'
