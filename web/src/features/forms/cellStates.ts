import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Problem } from '@/api/problem'
import type { CellValue, ReturnReason, RuleResult, Values } from '@/api/types'
import { isEmpty, readCell } from './cells'
import { followUpOf, remarkOf, toneOf, type CellTone, type ExplanationMap } from './ruleResults'

/** All that a cell shows of the form. */
export type CellState = {
  own: CellValue
  /** What the last cycle said, while the cell is empty and nobody has confirmed it. */
  offered: CellValue | undefined
  typed: string | undefined
  refused: boolean
  tone: CellTone
  returned: boolean
  remark: string
  /** Something is said about it in the module's conversation. */
  talked: boolean
  /** Marked to be followed up. */
  flagged: boolean
}

type Sources = {
  values: Ref<Values>
  resultsAt: Ref<Map<string, RuleResult[]>>
  explanations: Ref<ExplanationMap>
  invalid: Ref<ReadonlyMap<string, string>>
  refused: Ref<ReadonlyMap<string, Problem>>
  reasonsAt: Ref<Map<string, ReturnReason[]>>
  proposals: Ref<ReadonlyMap<string, CellValue>>
  talked?: Ref<ReadonlySet<string>>
}

/**
 * Every keystroke makes new values and new results. Two thousand cells that each watched them would all be asked again; here
 * one pass looks at all, and only a cell whose state differs is told.
 */
export function useCellStates(sources: Sources) {
  const states = new Map<string, { state: ShallowRef<CellState>; users: number }>()

  function read(at: string): CellState {
    const own = readCell(sources.values.value, at)
    return {
      own,
      offered: isEmpty(own) ? sources.proposals.value.get(at) : undefined,
      typed: sources.invalid.value.get(at),
      refused: sources.refused.value.has(at),
      tone: toneOf(sources.resultsAt.value.get(at), sources.explanations.value),
      returned: sources.reasonsAt.value.has(at),
      remark: remarkOf(sources.explanations.value, at),
      talked: sources.talked?.value.has(at) ?? false,
      flagged: followUpOf(sources.explanations.value, at) !== null,
    }
  }

  watch(Object.values(sources).filter((one) => one !== undefined), () => {
    for (const [at, { state }] of states) {
      const next = read(at)
      if (differs(state.value, next)) state.value = next
    }
  })

  /** The state of a cell, for as long as the component that asks is there. */
  return function cellAt(at: string): Readonly<ShallowRef<CellState>> {
    const known = states.get(at) ?? { state: shallowRef(read(at)), users: 0 }
    known.users++
    states.set(at, known)
    onScopeDispose(() => {
      if (--known.users === 0) states.delete(at)
    })
    return known.state
  }
}

const differs = (a: CellState, b: CellState) => (Object.keys(b) as (keyof CellState)[]).some((key) => !Object.is(a[key], b[key]))
