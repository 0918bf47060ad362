import { computed, inject, provide, ref, shallowRef, type InjectionKey, type Ref } from 'vue'
import type { Problem } from '@/api/problem'
import type { CellChange, CellValue, EarlierCycle, Field, ModuleDefinition, Programme, ReturnReason, RuleResult, Values } from '@/api/types'
import { stillThere, type BlockEdit } from './blockEdit'
import { useCellStates } from './cellStates'
import { registerAt, type Registers } from './registers'
import { byAddress, followUpOf, remarkOf, type ExplanationMap } from './ruleResults'

/** What the parts of a form need, whether it is being filled in or read by a reviewer. */
export type FormSource = {
  programme: Ref<Programme | null>
  definition: Ref<ModuleDefinition | null>
  values: Ref<Values>
  results: Ref<RuleResult[]>
  explanations: Ref<ExplanationMap>
  grades: Ref<string[]>
  editable: Ref<boolean>
  invalid: Ref<ReadonlyMap<string, string>>
  refused: Ref<ReadonlyMap<string, Problem>>
  reasons: Ref<ReturnReason[]>
  isShown: (fieldKey: string) => boolean
  setCell: (at: string, value: unknown) => void
  setInvalid: (typed: { at: string; text: string }[]) => void
  explain: (result: RuleResult, text: string) => void
  /** Many cells at once: a paste is one change of the form. */
  setCells?: (changes: CellChange[]) => void
  /** The school's own remark at a cell. */
  remark?: (at: string, text: string) => void
  /** Marks a value to be followed up, with words or without; null takes the mark away. */
  followUp?: (at: string, words: string | null) => void
  /** Values of the last cycle and of registers that nobody has confirmed: shown, not reported. */
  proposals?: Ref<ReadonlyMap<string, CellValue>>
  registers?: Ref<Registers | null>
  confirm?: (cells: string[]) => void
  dismiss?: (cells: string[]) => void
  /** What the organisation submitted in earlier cycles. */
  history?: () => Promise<EarlierCycle[]>
  /** Reviewers point at a cell to say why it goes back. */
  pick?: (at: string) => void
  pickable?: Ref<boolean>
  /** Where the module's conversation is, and which cells it speaks of. */
  talk?: { reportId: string; moduleKey: string; cells: Ref<ReadonlySet<string>> }
}

function enrich(source: FormSource) {
  const resultsAt = computed(() => byAddress(source.results.value))
  const reasonsAt = computed(() => {
    const map = new Map<string, ReturnReason[]>()
    for (const reason of source.reasons.value) map.set(reason.at, [...(map.get(reason.at) ?? []), reason])
    return map
  })
  const shownFields = computed(() => source.definition.value?.fields.filter((field) => source.isShown(field.key)) ?? [])
  const fieldOf = (key: string): Field | undefined => source.definition.value?.fields.find((field) => field.key === key)
  const gradeOf = (key: string) => source.programme.value?.programme.grades.find((grade) => grade.key === key)
  const followUpAt = (at: string) => followUpOf(source.explanations.value, at)
  const remarkAt = (at: string) => remarkOf(source.explanations.value, at)
  const fieldAt = (at: string): Field | undefined => {
    const [key = '', , column] = at.split('/')
    const field = fieldOf(key)
    return column === undefined ? field : field?.columns?.find((one) => one.key === column)
  }
  /** Typed and not stored: no value of its field, or refused by the server. What the form does not show cannot be mended on it. */
  const unstored = computed(() => [...new Set([...source.invalid.value.keys(), ...source.refused.value.keys()])].filter((at) => {
    const [key = ''] = at.split('/')
    return fieldOf(key) !== undefined && source.isShown(key)
  }))
  /** What a register says of a cell whose first value is taken from one. */
  const registerOf = (at: string) => registerAt(fieldOf(at.split('/')[0] ?? ''), at, source.registers?.value ?? null)
  const picking = computed(() => source.pick !== undefined && (source.pickable?.value ?? true))
  const proposals = source.proposals ?? shallowRef<ReadonlyMap<string, CellValue>>(new Map())
  const { values, explanations, invalid, refused } = source
  const cellAt = useCellStates({ values, resultsAt, explanations, invalid, refused, reasonsAt, proposals, talked: source.talk?.cells })
  return {
    ...source, cellAt, picking, unstored, resultsAt, reasonsAt, shownFields, fieldOf, fieldAt, gradeOf, registerOf, remarkAt, followUpAt,
    proposals, ...useDetails(), ...useEdits(source),
  }
}

/** Which cell the person is at, and whether its details stand open. */
function useDetails() {
  const current = ref<string | null>(null)
  const detailsOpen = ref(false)
  function openDetails(at: string) {
    current.value = at
    detailsOpen.value = true
  }
  return { current, detailsOpen, openDetails }
}

/** The last edit of many cells: told where it happened, and taken back as one. */
function useEdits(source: FormSource) {
  const lastEdit = shallowRef<{ block: string; edit: BlockEdit; undone: boolean } | null>(null)
  // Once somebody types again, the browser's own undo is theirs; the button still takes the block back.
  const typedSince = ref(false)
  function setCell(at: string, value: unknown) {
    typedSince.value = true
    source.setCell(at, value)
  }
  const setCells = source.setCells ?? ((changes: CellChange[]) => changes.forEach(({ at, value }) => source.setCell(at, value)))
  function applyEdit(block: string, edit: BlockEdit) {
    setCells(edit.changes)
    typedSince.value = false
    source.setInvalid(edit.left.flatMap(({ at, text }) => (at ? [{ at, text }] : [])))
    lastEdit.value = { block, edit, undone: false }
  }
  function undoEdit() {
    const last = lastEdit.value
    if (!last || last.undone) return
    setCells(stillThere(source.values.value, last.edit))
    lastEdit.value = { ...last, undone: true }
  }
  return { setCell, setCells, typedSince, lastEdit, applyEdit, undoEdit, closeEdit: () => (lastEdit.value = null) }
}

export type FormContext = ReturnType<typeof enrich>
const formKey: InjectionKey<FormContext> = Symbol('form')

export function provideForm(source: FormSource): FormContext {
  const context = enrich(source)
  provide(formKey, context)
  return context
}

export function useForm(): FormContext {
  const context = inject(formKey)
  if (!context) throw new Error('A form part outside a form.')
  return context
}
