import type { Field, Texts } from '@/api/types'
import { formatNumber } from '@/ui/format'
import { isYear } from './cellText'

type Words = { t: (key: string, named: Record<string, unknown>) => string; tx: (texts: Texts) => string; locale: string }

/** The limits of a field in words: "0–5, step 0.5" or "at most 60 characters". */
export function rangeText(field: Field, { t, locale }: Words): string {
  const number = (value: number) => (isYear(field) ? String(value) : formatNumber(value, locale, 4))
  const parts: string[] = []
  if (field.min != null && field.max != null) parts.push(`${number(field.min)}–${number(field.max)}`)
  else if (field.min != null) parts.push(t('forms.atLeast', { value: number(field.min) }))
  else if (field.max != null) parts.push(t('forms.atMost', { value: number(field.max) }))
  if (field.step != null && field.type === 'decimal') parts.push(t('forms.step', { value: number(field.step) }))
  if (field.maxLength != null && field.type === 'text') parts.push(t('forms.maxLength', { value: field.maxLength }))
  return parts.join(' · ')
}
