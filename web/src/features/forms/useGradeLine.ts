import { computed } from 'vue'
import type { Field } from '@/api/types'
import { useWords } from '@/app/i18n'
import { formatNumber } from '@/ui/format'
import { fillOf } from './blockEdit'
import { cellsOf, gradesFor, isEmpty, readCell } from './cells'
import { useForm } from './formContext'
import { rangeText } from './rangeText'

/** One field of a grade matrix: its cells, what is said about them, their sum. */
export function useGradeLine(props: { field: Field; block: string }) {
  const form = useForm()
  const { t, tx, locale } = useWords()
  const cells = computed(() => cellsOf(props.field, form.grades.value))
  const gradeName = (key: string) => tx(form.gradeOf(key)?.name) || key
  const asks = (grade: string) => gradesFor(props.field, [grade]).length > 0
  const hint = computed(() => [tx(props.field.unit), form.editable.value ? rangeText(props.field, { t, tx, locale: locale.value }) : ''].filter(Boolean).join(' · '))
  const notes = computed(() => [props.field.key, ...cells.value])
  const labels = computed(() => Object.fromEntries(cells.value.map((at) => [at, gradeName(at.split('/')[1] ?? '')])))
  const total = computed(() => {
    if (props.field.type !== 'integer') return ''
    const numbers = cells.value.map((at) => readCell(form.values.value, at)).filter((one) => typeof one === 'number')
    return numbers.length > 0 ? formatNumber(numbers.reduce((sum, one) => sum + one, 0), locale.value) : ''
  })
  const offered = computed(() => cells.value.filter((at) => form.proposals.value.has(at)))

  /** The first answer, repeated in the grades that have none yet. */
  const first = computed(() => cells.value.find((at) => !isEmpty(readCell(form.values.value, at))))
  const canFill = computed(() => form.editable.value && !props.field.readOnly && first.value !== undefined && cells.value.some((at) => isEmpty(readCell(form.values.value, at))))
  function fill() {
    const edit = first.value === undefined ? null : fillOf(form.values.value, [first.value, ...cells.value.filter((at) => at !== first.value)], first.value)
    if (edit) form.applyEdit(props.block, edit)
  }

  return { form, cells, gradeName, asks, hint, notes, labels, total, offered, canFill, fill }
}
