import type { Field, Scalar } from '@/api/types'
import { narrowed, readNumber } from './numbers'

export type Refusal = 'number' | 'whole' | 'unit' | 'precision' | 'option' | 'date' | 'yes-no' | 'length' | 'characters'
export type Parsed = { ok: true; value: Scalar | string[]; converted?: boolean } | { ok: false; reason: Refusal }

/** The longest text the server stores in a cell, in the units both sides count in (an emoji is two). */
export const longestText = 10_000

const yes = new Set(['是', '有', '√', '✓', '✔', 'y', 'yes', 'true', '1'])
const no = new Set(['否', '无', '×', '✗', '✘', 'n', 'no', 'false', '0'])

/** What a person typed or pasted, as the field's value. `unit` is what a table's head says its numbers are in. */
export function parseText(field: Field, text: string, unit?: string): Parsed {
  const trimmed = text.trim()
  if (trimmed === '') return { ok: true, value: null }
  switch (field.type) {
    case 'integer':
    case 'decimal':
      return readNumber(field, trimmed, unit)
    case 'boolean':
      return parseYesNo(trimmed)
    case 'choice': {
      const option = optionOf(field, trimmed)
      return option === undefined ? { ok: false, reason: 'option' } : { ok: true, value: option }
    }
    case 'choices':
      return parseChoices(field, trimmed)
    case 'date':
      return parseDate(narrowed(trimmed))
    default:
      return parseWords(trimmed)
  }
}

const optionOf = (field: Field, text: string) =>
  field.options?.find(({ key, name }) => [key, name.zh, name.en].includes(text))?.key

function parseChoices(field: Field, text: string): Parsed {
  const keys = text.split(/[、，,;；|\n]/).map((part) => part.trim()).filter((part) => part !== '').map((part) => optionOf(field, part))
  if (keys.includes(undefined)) return { ok: false, reason: 'option' }
  // In the order of the options, so that the same answer is always the same value.
  return { ok: true, value: (field.options ?? []).map(({ key }) => key).filter((key) => keys.includes(key)) }
}

function parseWords(text: string): Parsed {
  if (text.length > longestText) return { ok: false, reason: 'length' }
  // A null or half a surrogate pair is what neither server nor database holds as text.
  return text.includes('\0') || !isWellFormed(text) ? { ok: false, reason: 'characters' } : { ok: true, value: text }
}

const isWellFormed = (text: string) => !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)

function parseYesNo(text: string): Parsed {
  const word = narrowed(text).toLowerCase()
  if (yes.has(word)) return { ok: true, value: true }
  if (no.has(word)) return { ok: true, value: false }
  return { ok: false, reason: 'yes-no' }
}

function parseDate(text: string): Parsed {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text)
  if (!parts) return { ok: false, reason: 'date' }
  const [, year = '', month = '', day = ''] = parts
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso)
    ? { ok: true, value: iso }
    : { ok: false, reason: 'date' }
}
