// Numbers and times as a reader of either language expects them. By hand: the first format a browser makes of a language costs a desk 30 ms and
// a slow phone a tenth of a second, in front of the first screen. `format.test.ts` holds them against the browser's own.
export const missing = '–'
const isChinese = (locale: string) => locale.startsWith('zh')

/** Both languages write numbers alike. */
function plain(value: number, decimals: number) {
  const [whole, behind] = rounded(inFull(Math.abs(value)), decimals)
  return `${value < 0 && (behind || whole !== '0') ? '-' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${behind && `.${behind}`}`
}

/** Every digit of a number, where JavaScript says 1.5e-7. */
function inFull(size: number) {
  const [, first = '', rest = '', power] = /^(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(String(size)) ?? []
  return !power ? String(size) : Number(power) < 0 ? `0.${'0'.repeat(-Number(power) - 1)}${first}${rest}` : `${first}${rest}`.padEnd(Number(power) + 1, '0')
}

/** As it is written, not as it is calculated with: 1.005 is a half, though the nearest number a browser has lies a little below. */
function rounded(size: string, decimals: number): [whole: string, behind: string] {
  const [whole, behind = ''] = size.split('.') as [string, string?]
  if (behind.length <= decimals) return [whole, behind]
  const up = behind.charAt(decimals) >= '5' ? 1n : 0n
  const digits = String(BigInt(whole + behind.slice(0, decimals)) + up).padStart(decimals + 1, '0')
  const point = digits.length - decimals
  return [digits.slice(0, point), digits.slice(point).replace(/0+$/, '')]
}

export function formatNumber(value: number | null | undefined, _locale: string, decimals = 2): string {
  return value == null || !Number.isFinite(value) ? missing : plain(value, decimals)
}

/** 12,345 → 1.23万 or 12.3K; small numbers stay as they are. */
export function formatCompact(value: number | null | undefined, locale: string): string {
  if (value == null || !Number.isFinite(value)) return missing
  const size = Math.abs(value)
  const steps: [number, string][] = isChinese(locale)
    ? [[1e8, '亿'], [1e4, '万']]
    : [[1e9, 'B'], [1e6, 'M'], [1e4, 'K']]
  for (const [step, sign] of steps) {
    if (size >= step) return `${plain(value / (sign === 'K' ? 1e3 : step), 2)}${sign}`
  }
  return plain(value, size < 100 ? 2 : 0)
}

/**
 * The one rule for percentages: always the same number of decimals, one unless told, so that 97.0% stands beside 97.3%; and 99.96 % is
 * never rounded up to a full 100 %. What it is to the last digit stands in the title or the passport ({@link formatExact}).
 */
function formatPercent(percent: number, decimals = 1): string {
  const scale = 10 ** decimals
  const rounded = Math.round(percent * scale) / scale
  const honest = rounded >= 100 && percent < 100 ? (100 * scale - 1) / scale : rounded
  return `${padded(plain(honest, decimals), decimals)}%`
}

function padded(said: string, decimals: number): string {
  const [whole, behind = ''] = said.split('.')
  return `${whole}${decimals > 0 ? '.' : ''}${behind.padEnd(decimals, '0')}`
}

/** Scores of 100 stand in columns: 85.0 beside 85.1, so the digits line up. */
export function formatScore(score: number | null | undefined): string {
  return score == null || !Number.isFinite(score) ? missing : padded(plain(score, 1), 1)
}

/** A share 0…1 as per cent. */
export function formatShare(share: number | null | undefined, _locale: string, decimals = 1): string {
  return share == null || !Number.isFinite(share) ? missing : formatPercent(share * 100, decimals)
}

/** With the decimals its definition says, all of them: 1.00 stands beside 1.06. Without, at most two, and none for show. */
export function formatFigure(value: number | null | undefined, unit: string, locale: string, decimals?: number): string {
  if (value == null || !Number.isFinite(value)) return missing
  if (unit === '%') return formatPercent(value)
  if (Math.abs(value) >= 1e5) return formatCompact(value, locale)
  return decimals === undefined ? plain(value, 2) : padded(plain(value, decimals), decimals)
}

/** A figure as it was counted, for whoever asks behind the rounded one. */
export function formatExact(value: number | null | undefined, unit: string): string {
  return value == null || !Number.isFinite(value) ? missing : withUnit(`${plain(value, 6)}${unit === '%' ? '%' : ''}`, unit)
}

/** What somebody set, a target or the round steps of an axis, is written as it was set: 20%, not 20.0%; 0.5 课时, not 0.50. */
export const asTick = (said: string) => said.replace(/(\.\d*?)0+(?!\d)/, '$1').replace(/\.(?!\d)/, '')

/** A number with its unit, where that is a word: 1.2 课时, and as one word 23.4万元. */
export const withUnit = (text: string, unit: string) => (unit === '' || unit === '%' ? text : /[万亿]$/.test(text) ? `${text}${unit}` : `${text} ${unit}`)

/** Times are shown in the province's zone, eight hours ahead, without a summer time since 1991. */
export const zone = 'Asia/Shanghai'
const ahead = 8 * 3_600_000
const there = (at: number | string) => new Date((typeof at === 'string' ? Date.parse(at) : at) + ahead)

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const weekdays = [['星期日', 'Sunday'], ['星期一', 'Monday'], ['星期二', 'Tuesday'], ['星期三', 'Wednesday'], ['星期四', 'Thursday'], ['星期五', 'Friday'], ['星期六', 'Saturday']] as const

export const formatClock = (iso: string, _locale: string) => there(iso).toISOString().slice(11, 19)

export const formatTime = (iso: string, _locale: string) => there(iso).toISOString().slice(11, 16)

export function formatDay(iso: string, locale: string) {
  const [year, month, day] = datePartsOf(iso)
  return isChinese(locale) ? `${year}年${month}月${day}日` : `${months[month - 1]!.slice(0, 3)} ${day}, ${year}`
}

export function formatMoment(iso: string, locale: string) {
  const [year, month, day] = there(iso).toISOString().split(/[-T]/) as [string, string, string]
  return isChinese(locale) ? `${year}/${month}/${day} ${formatTime(iso, locale)}` : `${month}/${day}/${year}, ${formatTime(iso, locale)}`
}

/** The day as one says it: 11月22日星期日, or Sunday, November 22. */
export function formatWeekday(at: number, locale: string) {
  const [, month, day] = datePartsOf(at)
  const [chinese, english] = weekdays[there(at).getUTCDay()]!
  return isChinese(locale) ? `${month}月${day}日${chinese}` : `${english}, ${months[month - 1]!} ${day}`
}

export const hourOf = (at: number) => there(at).getUTCHours()

const datePartsOf = (at: number | string) => there(at).toISOString().split(/[-T]/).slice(0, 3).map(Number) as [number, number, number]

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

/** In the order of what computers wrote: codes, and moments as ISO says them. A language's own order costs the browser more than a page. */
export const inTurn = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
