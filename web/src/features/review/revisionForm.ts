import { computed, ref, shallowRef, type Ref } from 'vue'
import type { ModuleDefinition, Programme, ReturnReason, Revision, Values } from '@/api/types'
import type { FormSource } from '@/features/forms/formContext'
import { isHidden } from '@/features/forms/cells'
import { explanationMap } from '@/features/forms/ruleResults'

/** The grades a form was filled in for: the organisation's, or, where nobody says, those that have values. */
export function gradesOf(known: string[] | undefined, definition: ModuleDefinition | undefined, values: Values, order: string[]): string[] {
  if (known && known.length > 0) return known
  const used = new Set<string>()
  for (const field of definition?.fields ?? []) {
    const value = values[field.key]
    if (field.per === 'grade' && typeof value === 'object' && value !== null && !Array.isArray(value)) Object.keys(value).forEach((grade) => used.add(grade))
  }
  return order.filter((grade) => used.has(grade))
}

/** The cells that differ between two revisions; what a reviewer looks at first when a form comes back corrected. Of hidden ones nobody can say. */
export function changedCells(before: Values, after: Values): string[] {
  const flat = (values: Values) => {
    const cells = new Map<string, string>()
    for (const [key, value] of Object.entries(values)) {
      if (Array.isArray(value) && value.some((one) => typeof one === 'object')) {
        for (const row of value as Record<string, unknown>[]) for (const [column, cell] of Object.entries(row)) {
          if (column !== '_id' && !isHidden(cell)) cells.set(`${key}/${String(row._id)}/${column}`, JSON.stringify(cell))
        }
      } else if (isHidden(value)) continue
      else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
        for (const [grade, cell] of Object.entries(value)) if (!isHidden(cell)) cells.set(`${key}/${grade}`, JSON.stringify(cell))
      } else cells.set(key, JSON.stringify(value))
    }
    return cells
  }
  const [old, now] = [flat(before), flat(after)]
  return [...new Set([...old.keys(), ...now.keys()])].filter((at) => old.get(at) !== now.get(at))
}

/** A submitted revision as a form that can only be read and pointed at. */
export function revisionForm(parts: {
  programme: Ref<Programme | null>
  definition: Ref<ModuleDefinition | null>
  revision: Ref<Revision | null>
  grades: Ref<string[]>
  reasons: Ref<ReturnReason[]>
  pick: (at: string) => void
  pickable: Ref<boolean>
}): FormSource {
  const nothing = () => undefined
  return {
    programme: parts.programme,
    definition: parts.definition,
    values: computed(() => parts.revision.value?.values ?? {}),
    results: computed(() => (parts.revision.value?.results ?? []).filter((one) => one.severity === 'warning')),
    explanations: computed(() => explanationMap(parts.revision.value?.explanations ?? [])),
    grades: parts.grades,
    editable: ref(false),
    invalid: shallowRef(new Map()),
    refused: shallowRef(new Map()),
    reasons: parts.reasons,
    isShown: () => true,
    setCell: nothing,
    setInvalid: nothing,
    explain: nothing,
    pick: parts.pick,
    pickable: parts.pickable,
  }
}
