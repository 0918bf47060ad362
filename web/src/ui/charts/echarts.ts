// The only door to ECharts, and only for what our charts draw; imported lazily so that nobody else loads it.
import { BarChart, BoxplotChart, LineChart, RadarChart, ScatterChart, TreemapChart } from 'echarts/charts'
import { GridComponent, LegendComponent, MarkLineComponent, RadarComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, BoxplotChart, LineChart, RadarChart, ScatterChart, TreemapChart, GridComponent, LegendComponent, MarkLineComponent, RadarComponent, TooltipComponent, SVGRenderer])

export { init }
export type { EChartsCoreOption, EChartsType } from 'echarts/core'
