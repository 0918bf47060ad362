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

export const namedAxis = (palette: Palette, names: string[], turned = names.length > 12) => ({
  type: 'category', data: names, axisTick: { show: false }, axisLine: { lineStyle: { color: palette.axis } },
  axisLabel: { color: palette.soft, fontSize: palette.text, rotate: turned ? 40 : 0, width: turned ? palette.text * 8 : undefined, overflow: 'truncate', hideOverlap: !turned, interval: names.length > 40 ? 'auto' : 0 },
})

export const valueAxis = (palette: Palette, say: Say, name?: string) => ({
  type: 'value', name, nameTextStyle: { color: palette.soft, align: 'left' }, axisLabel: { color: palette.soft, fontSize: palette.text, formatter: (value: number) => say(value) },
  splitLine: { lineStyle: { color: palette.grid } }, scale: false,
})

/** A line across, with its name at its end: a target, a middle, a limit. */
export const acrossLine = (palette: Palette, name: string, at: number, colour = palette.ink, dashed = true) => ({
  name, yAxis: at, lineStyle: { color: colour, type: dashed ? 'dashed' : 'solid', width: 1.5 }, label: { formatter: name, position: 'insideEndTop', color: colour, fontSize: palette.text },
})
export const markLines = (lines: ReturnType<typeof acrossLine>[]) => (lines.length ? { symbol: 'none', silent: true, animation: false, data: lines } : undefined)
