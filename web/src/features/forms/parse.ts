import type { Field, Scalar } from '@/api/types'

export type Parsed = { ok: true; value: Scalar } | { ok: false; reason: 'number' | 'option' | 'date' | 'yes-no' }

const yes = new Set(['是', '有', '√', '✓', 'y', 'yes', 'true', '1'])
const no = new Set(['否', '无', '×', '✗', 'n', 'no', 'false', '0'])
const widthDigits = /[０-９．－，]/g

/** What a person typed or pasted, as the field's value. Full-width digits and thousands separators are welcome. */
export function parseText(field: Field, text: string): Parsed {
  const trimmed = text.trim()
  if (trimmed === '') return { ok: true, value: null }
  switch (field.type) {
    case 'integer':
    case 'decimal':
      return parseNumber(trimmed)
    case 'boolean':
      return parseYesNo(trimmed)
    case 'choice': {
      const option = field.options?.find(({ key, name }) => [key, name.zh, name.en].includes(trimmed))
      return option ? { ok: true, value: option.key } : { ok: false, reason: 'option' }
    }
    case 'date':
      return parseDate(trimmed)
    default:
      return { ok: true, value: trimmed }
  }
}

function parseNumber(text: string): Parsed {
  const narrow = text.replace(widthDigits, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
  const plain = narrow.replace(/(?<=\d),(?=\d{3}(\D|$))/g, '').replace(/\s/g, '')
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(plain)) return { ok: false, reason: 'number' }
  return { ok: true, value: Number(plain) }
}

function parseYesNo(text: string): Parsed {
  const word = text.toLowerCase()
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
