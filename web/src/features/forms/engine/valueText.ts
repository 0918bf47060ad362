import { failed } from './cel'
import type { Text } from './types'

const nothing = '–'

/** At most two decimals, half up, no trailing zeros, no separators; in integers, as ValueText.cs does. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return nothing
  const size = Math.abs(value)
  if (size >= 1e15) return (value < 0 ? '-' : '') + BigInt(Math.floor(size)).toString()
  const hundredths = BigInt(Math.floor(size * 100 + 0.5))
  const whole = hundredths / 100n
  const rest = hundredths % 100n
  const text = (value < 0 && hundredths !== 0n ? '-' : '') + whole.toString()
  if (rest === 0n) return text
  return rest % 10n === 0n ? `${text}.${rest / 10n}` : `${text}.${rest.toString().padStart(2, '0')}`
}

/** A value in a message. */
export function valueText(value: unknown): Text {
  if (typeof value === 'number') return both(numberText(value))
  if (typeof value === 'string') return both(value)
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
  if (value === failed || !Array.isArray(value) || value.length === 0) return both(nothing)
  const items = value.map(valueText)
  return { zh: items.map((item) => item.zh).join('、'), en: items.map((item) => item.en).join(', ') }
}

const both = (text: string): Text => ({ zh: text, en: text })
