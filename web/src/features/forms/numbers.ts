import type { Field } from '@/api/types'

export type NumberRead =
  | { ok: true; value: number; converted?: boolean }
  | { ok: false; reason: 'number' | 'whole' | 'unit' | 'precision' }

type Factor = readonly [numerator: bigint, denominator: bigint]
type Measure = { family: string; factor: Factor }

const one: Factor = [1n, 1n]
const tenThousand: Factor = [10_000n, 1n]
const measure = (family: string, numerator: bigint, denominator: bigint, ...words: string[]) =>
  words.map((word) => [word, { family, factor: [numerator, denominator] }] as [string, Measure])

// What school tables are written in, each in parts of the first of its family.
const measures = new Map<string, Measure>([
  ...measure('area', 1n, 1n, '平方米', '平米', '㎡', 'm²', 'm2'),
  ...measure('area', 2000n, 3n, '亩'),
  ...measure('area', 10_000n, 1n, '公顷', '万平方米', 'ha'),
  ...measure('money', 1n, 1n, '元', 'yuan', 'rmb'),
  ...measure('money', 1_000n, 1n, '千元'),
  ...measure('money', 10_000n, 1n, '万元'),
  ...measure('money', 100_000_000n, 1n, '亿元'),
  ...measure('length', 1n, 1n, '公里', '千米', 'km'),
  ...measure('length', 1n, 1000n, '米', 'm'),
])
const multiples = new Map<string, Factor>([['万', tenThousand], ['亿', [100_000_000n, 1n]]])

const fullWidth = /[！-～]/g
/** Full-width signs as their plain twins, the minus of word processors as a hyphen. */
export const narrowed = (text: string) =>
  text.replace(fullWidth, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/[−–]/g, '-').trim()

/** A number as people write it: full-width digits, thousands separators, a unit behind it that is brought to the field's own. */
export function readNumber(field: Field, text: string, unit = ''): NumberRead {
  const plain = narrowed(text).replace(/^[¥￥]\s*/, '')
  const parts = /^([+-]?\s*[\d.,\s]*\d[\d.,]*)\s*([^\d.,\s].*)?$/.exec(plain)
  if (!parts) return { ok: false, reason: 'number' }
  const digits = withoutSeparators(parts[1] ?? '')
  if (digits === null) return { ok: false, reason: 'number' }
  const factor = factorOf(field, (parts[2] ?? '').trim() || unit)
  if (factor === null) return { ok: false, reason: 'unit' }
  // More digits than a double holds would come back as another number.
  if (digits.replace(/[+.-]/g, '').replace(/^0+|0+$/g, '').length > 15) return { ok: false, reason: 'precision' }
  const value = scaled(digits, factor)
  if (field.type === 'integer' && !Number.isInteger(value)) return { ok: false, reason: 'whole' }
  return factor[0] === factor[1] ? { ok: true, value } : { ok: true, value, converted: true }
}

/** 12,345.6 → 12345.6; commas that separate no thousands make it no number. */
function withoutSeparators(text: string): string | null {
  const compact = text.replace(/^([+-]?)\s+/, '$1').replace(/(?<=\d)\s(?=\d{3}(?!\d))/g, ',').trimEnd()
  const plain = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(compact) ? compact.replace(/,/g, '') : compact
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(plain) ? plain : null
}

function factorOf(field: Field, unit: string): Factor | null {
  if (unit === '') return one
  const own = typeof field.unit === 'string' ? [field.unit] : [field.unit?.zh, field.unit?.en].filter((word) => word !== undefined)
  if (own.some((word) => word.toLowerCase() === unit.toLowerCase())) return one
  const mine = own.map((word) => measures.get(word)).find((found) => found !== undefined)
  const given = measures.get(unit.toLowerCase())
  if (given) return mine?.family === given.family ? ratio(given.factor, mine.factor) : null
  // 1.2万 of whatever the field counts, unless that already says 万.
  const multiple = multiples.get(unit.slice(0, 1))
  const rest = unit.slice(1)
  return multiple && !own.some((word) => word.startsWith('万')) && (rest === '' || own.includes(rest)) ? multiple : null
}

const ratio = (a: Factor, b: Factor): Factor => [a[0] * b[1], a[1] * b[0]]

/** Counted in whole numbers, so that 1.1 万 is 11,000 and not 11,000.000000000002. What doesn't end is rounded to hundredths. */
function scaled(digits: string, [numerator, denominator]: Factor): number {
  if (numerator === denominator) return Number(digits)
  const [whole = '', part = ''] = digits.replace(/^[+-]/, '').split('.')
  const count = BigInt(whole + part || '0') * numerator
  const scale = 10n ** BigInt(part.length) * denominator
  const hundredths = (count * 200n + scale) / (scale * 2n)
  const exact = count % denominator === 0n
  const value = exact ? Number(`${count / denominator}e-${part.length}`) : Number(`${hundredths}e-2`)
  return digits.startsWith('-') ? -value : value
}
