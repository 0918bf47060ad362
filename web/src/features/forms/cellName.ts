import type { Texts } from '@/api/types'
import { parseAddress, rowsOf } from './cells'
import type { FormContext } from './formContext'

/** A cell in words: "Classes · Grade 1", "Rooms · row 3 · Area". Rows are counted as they stand. */
export function cellNameOf(form: FormContext, at: string, tx: (texts: Texts | string | null | undefined) => string): string {
  const { field: key, key: part, column } = parseAddress(at)
  const field = form.fieldOf(key)
  const grade = part ? form.gradeOf(part) : undefined
  const row = field?.type === 'rows' && part ? rowsOf(form.values.value, key).findIndex((one) => one._id === part) : -1
  const columnName = field?.columns?.find((one) => one.key === column)?.name
  return [tx(field?.name) || key, grade ? tx(grade.name) : row >= 0 ? `#${row + 1}` : '', tx(columnName)].filter(Boolean).join(' · ')
}
