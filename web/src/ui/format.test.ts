import { describe, expect, it } from 'vitest'
import {
  asTick, formatClock, formatCompact, formatDay, formatExact, formatFigure, formatMoment, formatNumber, formatScore, formatShare, formatTime, formatWeekday, hourOf, inTurn, remainingUntil, withUnit, zone,
} from './format'

describe('numbers', () => {
  it('are shortened to 万 and 亿 in Chinese', () => {
    expect(formatCompact(12_345, 'zh-CN')).toBe('1.23万')
    expect(formatCompact(720_000_000, 'zh-CN')).toBe('7.2亿')
    expect(formatCompact(9_999, 'zh-CN')).toBe('9,999')
  })
  it('are shortened to K, M and B in English', () => {
    expect(formatCompact(12_345, 'en')).toBe('12.35K')
    expect(formatCompact(11_600_000, 'en')).toBe('11.6M')
  })
  it('are a dash when there is none', () => {
    expect(formatNumber(null, 'zh-CN')).toBe('–')
    expect(formatCompact(undefined, 'en')).toBe('–')
    expect(formatShare(Number.NaN, 'en')).toBe('–')
  })
  it('line up in a column of scores', () => {
    expect([85, 85.04, 85.05, 0, 100, null, -0.04].map(formatScore)).toEqual(['85.0', '85.0', '85.1', '0.0', '100.0', '–', '0.0'])
  })
  it('never claim all when one is missing', () => {
    expect(formatShare(14_857 / 14_858, 'zh-CN')).toBe('99.9%')
    expect(formatShare(1, 'zh-CN')).toBe('100.0%')
    expect(formatFigure(99.97, '%', 'zh-CN')).toBe('99.9%')
    expect(formatShare(0.996, 'en', 0)).toBe('99%')
  })
  it('have as many decimals as the percentages beside them, whatever they are called', () => {
    expect([formatShare(0.97, 'en'), formatShare(0.973, 'en'), formatFigure(97, '%', 'en', 0), formatFigure(97.25, '%', 'en', 2), formatShare(0, 'zh-CN')]).toEqual(['97.0%', '97.3%', '97.0%', '97.3%', '0.0%'])
    expect([formatFigure(1, '课时', 'zh-CN', 2), formatFigure(1.06, '课时', 'zh-CN', 2), formatFigure(143, '人', 'zh-CN', 1), formatFigure(7, '所', 'en', 0), formatFigure(-0.001, '系数', 'en', 2)]).toEqual(['1.00', '1.06', '143.0', '7', '0.00'])
  })
  it('are written as they were set, where somebody set them', () => {
    expect([asTick(formatShare(0.2, 'en')), asTick(formatShare(0.125, 'en')), asTick('20'), asTick('100')]).toEqual(['20%', '12.5%', '20', '100'])
    expect([asTick('0.50 课时'), asTick('1.05'), asTick('1.00 课时'), asTick('10.10 元'), asTick('1,000.0'), asTick('23.40万元')]).toEqual(['0.5 课时', '1.05', '1 课时', '10.1 元', '1,000', '23.4万元'])
  })
  it('say to the last digit what they are to whoever asks', () => {
    expect([formatExact(97.345678, '%'), formatExact(1_234_567.5, '元'), formatExact(null, '%')]).toEqual(['97.345678%', '1,234,567.5 元', '–'])
  })
  it('keep per cent figures short and large figures readable', () => {
    expect(formatFigure(98.765, '%', 'zh-CN')).toBe('98.8%')
    expect(formatFigure(1_234_567, '元', 'zh-CN')).toBe('123.46万')
    expect(formatFigure(0, '元', 'zh-CN')).toBe('0')
  })
})

describe('what is written by hand', () => {
  const languages = ['zh-CN', 'en']
  /** The same row of numbers in every run: large and small, halves among them. */
  const numbers = (() => {
    let seed = 7
    const next = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
    const drawn = Array.from({ length: 3_000 }, () => [Math.floor(next() * 1e6) / 1000, next() * 10 ** Math.floor(next() * 16), -next() * 1000, Math.floor(next() * 1e9)]).flat()
    return [0, 1, 0.5, 1.005, 2.675, 1.45, 8.345, 1e-7, 4e-7, 1.5e-9, 1e-21, 999.995, 999_999.5, 1e15, 9_007_199_254_740_993, 1e20, 1e21, -1.005, -1234.5, ...drawn]
  })()

  it.each(languages)('are numbers as the browser writes them: %s', (locale) => {
    for (const decimals of [0, 1, 2, 4, 9]) {
      const browser = new Intl.NumberFormat(locale, { minimumFractionDigits: 0, maximumFractionDigits: decimals })
      // A little less than nothing is nothing: the browser says "-0".
      for (const value of numbers) expect([value, formatNumber(value, locale, decimals)]).toEqual([value, browser.format(value).replace(/^-0$/, '0')])
    }
  })

  it.each(languages)('are times as the browser writes them: %s', (locale) => {
    const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: 'h23', ...options })
    const [clock, time, moment] = [format({ hour: '2-digit', minute: '2-digit', second: '2-digit' }), format({ hour: '2-digit', minute: '2-digit' }), format({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' })]
    const [day, weekday, hour] = [format({ year: 'numeric', month: locale === 'en' ? 'short' : 'long', day: 'numeric' }), format({ month: 'long', day: 'numeric', weekday: 'long' }), new Intl.DateTimeFormat('en', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' })]
    // Every hour that the days go round, over some years.
    for (let at = Date.UTC(2024, 1, 27, 15, 59, 59); at < Date.UTC(2027, 2, 2); at += 25 * 3_600_000 - 61_000) {
      const iso = new Date(at).toISOString()
      expect([formatClock(iso, locale), formatTime(iso, locale), formatMoment(iso, locale), formatDay(iso, locale), formatWeekday(at, locale), hourOf(at)])
        .toEqual([clock, time, moment, day, weekday, hour].map((one) => one.format(at)).map((text, at) => (at === 5 ? Number(text) : text)))
    }
    expect(formatMoment('2026-11-22T14:03:21+08:00', locale)).toBe(moment.format(new Date('2026-11-22T14:03:21+08:00')))
    expect(() => formatMoment('some day', locale)).toThrow(RangeError)
  })

  it('stand in turn as codes and moments do', () => {
    expect(['130200', '13', '130100', '130100'].sort(inTurn)).toEqual(['13', '130100', '130100', '130200'])
  })
})

describe('times', () => {
  it('are those of the province, wherever the browser is', () => {
    expect(formatClock('2026-11-22T06:03:21Z', 'zh-CN')).toBe('14:03:21')
    expect(formatMoment('2026-11-22T16:00:00Z', 'zh-CN')).toBe('2026/11/23 00:00')
  })
  it('count down to a deadline and past it', () => {
    const now = Date.parse('2026-11-22T00:00:00Z')
    expect(remainingUntil('2026-11-27T02:30:00Z', now)).toMatchObject({ overdue: false, days: 5, hours: 2, minutes: 30, urgent: false })
    expect(remainingUntil('2026-11-21T23:00:00Z', now)).toMatchObject({ overdue: true, days: 0, hours: 1, urgent: true })
  })
})

describe('a number with its unit', () => {
  it('is one word where it is one, and no unit is said twice', () => {
    expect([withUnit('23.4万', '元'), withUnit('1.2', '课时'), withUnit('12.3K', 'yuan'), withUnit('88%', '%'), withUnit('5', '')]).toEqual(['23.4万元', '1.2 课时', '12.3K yuan', '88%', '5'])
  })
})
