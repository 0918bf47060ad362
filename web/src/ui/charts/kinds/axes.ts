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

/** In letters: a Chinese one is as wide as it is high. Names that do not fit beside each other in half a page are turned, so that none is left out. */
const widthOf = (names: string[]) => names.reduce((sum, name) => sum + [...name].reduce((wide, letter) => wide + (letter.charCodeAt(0) > 0x2e7f ? 1 : 0.55), 1), 0)

export const namedAxis = (palette: Palette, names: string[], turned = widthOf(names) > 36) => ({
  type: 'category', data: names, axisTick: { show: false }, axisLine: { lineStyle: { color: palette.axis } },
  axisLabel: { color: palette.soft, fontSize: palette.text, rotate: turned ? 40 : 0, width: palette.text * 9, lineHeight: palette.text * 1.25, overflow: turned ? 'truncate' : 'break', hideOverlap: !turned && names.length > 4, interval: names.length > 40 ? 'auto' : 0 },
})

export const valueAxis = (palette: Palette, say: Say, name?: string) => ({
  type: 'value', name, nameTextStyle: { color: palette.soft, align: 'left' }, axisLabel: { color: palette.soft, fontSize: palette.text, formatter: (value: number) => say(value) },
  splitLine: { lineStyle: { color: palette.grid } }, scale: false,
})

/** A line across, with its name at its end: a target, a middle, a limit. */
export const acrossLine = (palette: Palette, name: string, at: number, colour = palette.ink, dashed = true) => ({
  name, yAxis: at, lineStyle: { color: colour, type: dashed ? 'dashed' : 'solid', width: 1.5 }, label: { formatter: name, position: 'insideEndTop', color: colour, fontSize: palette.text, backgroundColor: palette.surface, padding: [1, 4], borderRadius: 3 },
})
export const markLines = (lines: ReturnType<typeof acrossLine>[]) => (lines.length ? { symbol: 'none', silent: true, animation: false, data: lines } : undefined)
