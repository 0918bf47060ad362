import { inject, type ComputedRef, type InjectionKey } from 'vue'

/** What all charts of a page share: whose figures, of which cycle, as of when; and whether they are drawn on a wall, where nobody clicks. */
export type ChartFrame = { place: string; cycle: string; asOf: string | null; stale: boolean; onWall?: boolean }
export const chartFrame: InjectionKey<ComputedRef<ChartFrame>> = Symbol('chartFrame')
export const useChartFrame = () => inject(chartFrame, null)
