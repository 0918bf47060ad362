import type { CellValue, Field } from '@/api/types'
import { formatNumber } from '@/ui/format'
import { isEmpty, isHidden } from './cells'

type Words = { t: (key: string) => string; tx: (texts: Field['name']) => string; locale: string }

/** A year is no quantity: 2019, not 2,019. */
export const isYear = (field: Field) => field.type === 'integer' && field.min != null && field.min >= 1000 && field.max != null && field.max < 3000

/** A cell's value as text, for reading. */
export function cellText(field: Field, value: CellValue, { t, tx, locale }: Words): string {
  if (isEmpty(value)) return ''
  if (isHidden(value)) return t(value.erased ? 'forms.erased' : 'forms.masked')
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
      return Array.isArray(value) ? value.map(optionName).join(locale.startsWith('zh') ? '、' : ', ') : String(value)
    case 'integer':
    case 'decimal':
      return isYear(field) ? String(value) : typeof value === 'number' ? formatNumber(value, locale, 4) : String(value)
    default:
      return String(value)
  }
}
