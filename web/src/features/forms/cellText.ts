import type { CellValue, Field } from '@/api/types'
import { formatNumber } from '@/ui/format'
import { isEmpty } from './cells'

type Words = { t: (key: string) => string; tx: (texts: Field['name']) => string; locale: string }

/** A cell's value as text, for reading. */
export function cellText(field: Field, value: CellValue, { t, tx, locale }: Words): string {
  if (isEmpty(value)) return ''
  const optionName = (key: unknown) => {
    const option = field.options?.find((one) => one.key === key)
    return option ? tx(option.name) : String(key)
  }
  switch (field.type) {
    case 'boolean':
      return t(value === true ? 'ui.yes' : 'ui.no')
    case 'choice':
      return optionName(value)
    case 'choices':
      return Array.isArray(value) ? value.map(optionName).join('、') : String(value)
    case 'integer':
    case 'decimal':
      return typeof value === 'number' ? formatNumber(value, locale, 4) : String(value)
    default:
      return String(value)
  }
}
