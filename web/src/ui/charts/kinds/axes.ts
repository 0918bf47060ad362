import type { EChartsCoreOption } from '../echarts'
import { asTick } from '../../format'
import type { Palette } from '../palette'

/** How a chart writes a value: with its unit, in the reader's language. */
export type Say = (value: number | null | undefined) => string

// Named, not inherited: how wide a text is can only be measured in its own letters.
const letters = '-apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", system-ui, sans-serif'

/** What all charts have in common. Hints are drawn as text: the page allows no style elements. */
export const common = (palette: Palette) => ({
  textStyle: { fontFamily: letters, color: palette.soft, fontSize: palette.text },
  tooltip: {
    renderMode: 'richText', confine: true, backgroundColor: palette.surface, borderColor: palette.axis, borderWidth: 1, padding: [6, 10],
    textStyle: { color: palette.ink, fontSize: palette.text + 1 },
  },
})

export const plotArea = (top = 28) => ({ left: 8, right: 20, top, bottom: 8, containLabel: true })

/** In letters: a Chinese one is as wide as it is high. */
const widthOf = (text: string) => [...text].reduce((wide, letter) => wide + (letter.charCodeAt(0) > 0x2e7f ? 1 : 0.55), 0)
const most = 9

/**
 * How names stand below a chart of so much room (in letters), so that none is left out: beside each other; short Chinese ones upright, one letter
 * above the other; else turned.
 */
export function layOut(names: readonly string[], room: number): 'beside' | 'upright' | 'turned' {
  const each = room / Math.max(1, names.length)
  if (names.every((name) => Math.min(widthOf(name), most) + 0.6 <= each)) return 'beside'
  return each >= 1.3 && names.every((name) => name.length <= 6 && widthOf(name) === name.length) ? 'upright' : 'turned'
}

type NameLabel = { fontSize: number; rotate: number; formatter?: (name: string) => string }
export type NamedAxis = { type: string; data: string[]; axisLabel: NameLabel }

export const namedAxis = (palette: Palette, names: string[]) => ({
  type: 'category', data: names, axisTick: { show: false }, axisLine: { lineStyle: { color: palette.axis } },
  axisLabel: { color: palette.soft, fontSize: palette.text, width: palette.text * most, lineHeight: palette.text * 1.25, interval: names.length > 40 ? 'auto' : 0, ...labelled('beside', names.length) },
})

const labelled = (how: ReturnType<typeof layOut>, count: number) => ({
  rotate: how === 'turned' ? 40 : 0, overflow: how === 'turned' ? 'truncate' : 'break', hideOverlap: how === 'beside' && count > 4,
  formatter: how === 'upright' ? (name: string) => [...name].join('\n') : undefined,
})

/** As wide as lets the longest name stand in as few lines as its place allows, all about as long: no last letter alone. */
function lineWidth(names: readonly string[], each: number) {
  const longest = Math.max(...names.map(widthOf))
  const line = Math.max(most, each - 1)
  // Wider than its place it would be left out, as lying over its neighbour.
  return Math.min(each - 0.4, longest <= line ? line : Math.ceil(longest / Math.ceil(longest / line)) + 1)
}

const isNamed = (axis: unknown): axis is NamedAxis => (axis as NamedAxis | undefined)?.type === 'category' && Array.isArray((axis as NamedAxis).data)

type Round = { indicator: { name: string }[]; axisName: { fontSize: number } }

/** As large a shape as leaves the names around it whole: their lines above and below, the widest at the sides; and the lowest clear of a legend. */
function roundIn({ indicator, axisName: { fontSize } }: Round, width: number, height: number, legend: boolean) {
  const widest = Math.max(...indicator.flatMap(({ name }) => name.split('\n').map(widthOf)))
  return Math.max(fontSize * 3, Math.min(height / 2 - fontSize * (legend ? 4 : 3.5), width / 2 - fontSize * (widest + 1.5)))
}

/** The same chart, as fits the place it has: names that need not be turned are not, and a low chart has fewer lines across. */
export function fitted(option: EChartsCoreOption, width: number, height: number): EChartsCoreOption {
  const { xAxis, yAxis, radar, grid, legend } = option as { xAxis?: unknown; yAxis?: unknown; radar?: Round; grid?: { right?: number }; legend?: unknown }
  if (width <= 0) return option
  if (radar?.indicator) return { ...option, radar: { ...radar, radius: roundIn(radar, width, height, !!legend) } }
  if (!isNamed(xAxis)) return option
  const [size, names] = [xAxis.axisLabel.fontSize, xAxis.data]
  // Beside the plot stand the values, some six letters wide, and behind it the name of a line.
  const room = (width - Math.max(0, (grid?.right ?? 0) - size * 2)) / size - 6
  const how = layOut(names, room)
  // They fit: none is left out for lying too near to its neighbour.
  const label = { ...xAxis.axisLabel, ...labelled(how, names.length), hideOverlap: false, width: size * (how === 'beside' ? lineWidth(names, room / names.length) : most) }
  return { ...option, xAxis: { ...xAxis, axisLabel: label }, yAxis: { ...(yAxis as object), splitNumber: Math.max(2, Math.min(5, Math.round(height / (size * 4)) - 1)) } }
}

export const valueAxis = (palette: Palette, say: Say, name?: string) => ({
  type: 'value', name, nameTextStyle: { color: palette.soft, align: 'left' }, axisLabel: { color: palette.soft, fontSize: palette.text, hideOverlap: true, formatter: (value: number) => asTick(say(value)) },
  splitLine: { lineStyle: { color: palette.grid } }, scale: false,
})

/** A line across, with its name at its end: a target, a middle, a limit. */
export const acrossLine = (palette: Palette, name: string, at: number, colour = palette.ink, dashed = true, position = 'insideEndTop') => ({
  name, yAxis: at, lineStyle: { color: colour, type: dashed ? 'dashed' : 'solid', width: 1.5 }, label: { formatter: name, position, color: colour, fontSize: palette.text, backgroundColor: palette.surface, padding: [1, 4], borderRadius: 3 },
})
/** Room for a short name behind the end of its line, where no bar stands under it. */
export const roomFor = (palette: Palette, name: string) => Math.round(palette.text * (Math.max(...name.split('\n').map(widthOf)) + 1.5))

export const markLines = (lines: ReturnType<typeof acrossLine>[]) => (lines.length ? { symbol: 'none', silent: true, animation: false, data: lines } : undefined)
