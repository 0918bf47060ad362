import { computed, ref, watch, type Ref } from 'vue'
import type { QueueFilter as Asked, QueueOrder } from '@/api/supervision'
import type { QueueItem, ReviewState, ReviewStep } from '@/api/types'
import { useReviewKeys } from './useReviewKeys'

export type QueueFilter = 'waiting' | 'returned' | 'passed' | 'all'

/** What the reviewer narrows the list by; the server does it, over all pages. */
export type QueueChoice = { filter: QueueFilter; module: string; only: '' | 'clean' | 'warned' | 'late' | 'overdue' | 'outliers' | 'long' | 'returned-before'; search: string; order: QueueOrder }

export const patienceDays = 3
const order: Record<string, number> = { 'returned': -1, 'county-review': 0, 'city-review': 1, 'province-review': 2, 'accepted': 3 }
const rank: Record<ReviewStep, number> = { county: 0, city: 1, province: 2 }
const stepAfter: Record<ReviewStep, ReviewState> = { county: 'city-review', city: 'province-review', province: 'accepted' }

export const waitingReviews = (item: QueueItem, step: ReviewStep) => item.reviews.filter((review) => review.state === `${step}-review`)
export const isPassed = (state: string, step: ReviewStep) => (order[state] ?? -2) > rank[step]

/** Warnings that were explained in what waits here. */
export const warningsOf = (item: QueueItem, step: ReviewStep) => waitingReviews(item, step).reduce((sum, one) => sum + (one.explainedWarnings ?? 0), 0)
export const isClean = (item: QueueItem, step: ReviewStep) => waitingReviews(item, step).every((one) => one.explainedWarnings === 0)

export function askedOf(choice: QueueChoice, step: ReviewStep): Pick<Asked, 'step' | 'state' | 'module' | 'clean' | 'late' | 'waitingDays' | 'returned' | 'outliers' | 'overdue' | 'search' | 'order'> {
  return {
    ...(choice.filter === 'waiting' ? { step } : choice.filter === 'returned' ? { state: 'returned' } : choice.filter === 'passed' ? { state: stepAfter[step] } : {}),
    ...(choice.module ? { module: choice.module } : {}),
    ...(choice.only === 'clean' ? { clean: true } : choice.only === 'warned' ? { clean: false } : choice.only === 'late' ? { late: true }
      : choice.only === 'overdue' ? { overdue: true } : choice.only === 'outliers' ? { outliers: true }
      : choice.only === 'long' ? { waitingDays: patienceDays } : choice.only === 'returned-before' ? { returned: true } : {}),
    ...(choice.search.trim() ? { search: choice.search.trim() } : {}),
    ...(choice.order !== 'oldest' ? { order: choice.order } : {}),
  }
}

/** j and k, or the arrows, walk the list, Enter opens, x selects, n opens the first; never while someone types. */
export function useListKeys(length: Ref<number>, open: (index: number) => void, select: (index: number) => void) {
  const current = ref(0)
  watch(length, (now) => (current.value = Math.min(current.value, Math.max(0, now - 1))))
  const go = (by: number) => {
    current.value = Math.max(0, Math.min(length.value - 1, current.value + by))
    document.querySelector(`[data-row="${current.value}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  const { help } = useReviewKeys({
    j: () => go(1), ArrowDown: () => go(1), k: () => go(-1), ArrowUp: () => go(-1),
    x: () => select(current.value), Enter: () => open(current.value), n: () => open(0),
  })
  return { current: computed({ get: () => current.value, set: (next) => (current.value = next) }), help }
}
