// Numbers and times as a reader of either language expects them.
import { momentFormat, zone } from './moment'

export { zone }
const isChinese = (locale: string) => locale.startsWith('zh')
export const missing = '–'

// A browser takes longer to make a format than to use it a hundred times, and a form says hundreds of numbers: each is made once.
const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>()
function once<T extends Intl.NumberFormat | Intl.DateTimeFormat>(name: string, make: () => T): T {
  const known = made.get(name)
  if (known) return known as T
  const format = make()
  made.set(name, format)
  return format
}

const plain = (locale: string, decimals: number) =>
  once(`${locale} ${decimals}`, () => new Intl.NumberFormat(locale, { minimumFractionDigits: 0, maximumFractionDigits: decimals }))

export function formatNumber(value: number | null | undefined, locale: string, decimals = 2): string {
  return value == null || !Number.isFinite(value) ? missing : plain(locale, decimals).format(value)
}

/** 12,345 → 1.23万 or 12.3K; small numbers stay as they are. */
export function formatCompact(value: number | null | undefined, locale: string): string {
  if (value == null || !Number.isFinite(value)) return missing
  const size = Math.abs(value)
  const steps: [number, string][] = isChinese(locale)
    ? [[1e8, '亿'], [1e4, '万']]
    : [[1e9, 'B'], [1e6, 'M'], [1e4, 'K']]
  for (const [step, sign] of steps) {
    if (size >= step) return `${plain(locale, 2).format(value / (sign === 'K' ? 1e3 : step))}${sign}`
  }
  return plain(locale, size < 100 ? 2 : 0).format(value)
}

/**
 * The one rule for percentages: always the same number of decimals, one unless told, so that 97.0% stands beside 97.3%; and 99.96 % is
 * never rounded up to a full 100 %. What it is to the last digit stands in the title or the passport ({@link formatExact}).
 */
function formatPercent(percent: number, locale: string, decimals = 1): string {
  const scale = 10 ** decimals
  const rounded = Math.round(percent * scale) / scale
  const honest = rounded >= 100 && percent < 100 ? (100 * scale - 1) / scale : rounded
  return `${once(`${locale} fixed ${decimals}`, () => new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })).format(honest)}%`
}

/** A share 0…1 as per cent. */
export function formatShare(share: number | null | undefined, locale: string, decimals = 1): string {
  return share == null || !Number.isFinite(share) ? missing : formatPercent(share * 100, locale, decimals)
}

export function formatFigure(value: number | null | undefined, unit: string, locale: string, decimals = 2): string {
  if (value == null || !Number.isFinite(value)) return missing
  if (unit === '%') return formatPercent(value, locale)
  const big = Math.abs(value) >= 1e5
  return big ? formatCompact(value, locale) : plain(locale, decimals).format(value)
}

/** A figure as it was counted, for whoever asks behind the rounded one. */
export function formatExact(value: number | null | undefined, unit: string, locale: string): string {
  return value == null || !Number.isFinite(value) ? missing : withUnit(`${plain(locale, 6).format(value)}${unit === '%' ? '%' : ''}`, unit)
}

/** What somebody set, a target or the round steps of an axis, is written as it was set: 20%, not 20.0%. */
export const asTick = (said: string) => said.replace(/\.0+%$/, '%')

/** A number with its unit, where that is a word: 1.2 课时, and as one word 23.4万元. */
export const withUnit = (text: string, unit: string) => (unit === '' || unit === '%' ? text : /[万亿]$/.test(text) ? `${text}${unit}` : `${text} ${unit}`)

const part = (name: string, locale: string, options: Intl.DateTimeFormatOptions) =>
  once(`${locale} ${name}`, () => new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: 'h23', ...options }))

export const formatClock = (iso: string, locale: string) =>
  part('clock', locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(iso))

export const formatTime = (iso: string, locale: string) =>
  part('time', locale, { hour: '2-digit', minute: '2-digit' }).format(new Date(iso))

export const formatDay = (iso: string, locale: string) =>
  part('day', locale, { year: 'numeric', month: isChinese(locale) ? 'long' : 'short', day: 'numeric' }).format(new Date(iso))

export const formatMoment = (iso: string, locale: string) => once(`${locale} moment`, () => momentFormat(locale)).format(new Date(iso))

export type Remaining = { overdue: boolean; days: number; hours: number; minutes: number; urgent: boolean }

export function remainingUntil(iso: string, now: number): Remaining {
  const gap = new Date(iso).getTime() - now
  const minutes = Math.floor(Math.abs(gap) / 60_000)
  return {
    overdue: gap < 0,
    days: Math.floor(minutes / 1440),
    hours: Math.floor((minutes % 1440) / 60),
    minutes: minutes % 60,
    urgent: gap < 3 * 86_400_000,
  }
}
