import { computed, inject, provide, type InjectionKey, type Ref } from 'vue'
import type { Problem } from '@/api/problem'
import type { Field, ModuleDefinition, Programme, ReturnReason, RuleResult, Values } from '@/api/types'
import { byAddress, type ExplanationMap } from './ruleResults'

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
  setInvalid: (at: string, text: string) => void
  explain: (result: RuleResult, text: string) => void
  /** Reviewers point at a cell to say why it goes back. */
  pick?: (at: string) => void
  pickable?: Ref<boolean>
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
  const picking = computed(() => source.pick !== undefined && (source.pickable?.value ?? true))
  return { ...source, picking, resultsAt, reasonsAt, shownFields, fieldOf, gradeOf }
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
