import { computed, onMounted, onUnmounted, ref, watch, type Ref } from 'vue'
import type { QueueItem, ReviewStep } from '@/api/types'

export type QueueFilter = 'waiting' | 'returned' | 'passed' | 'all'

const order: Record<string, number> = { 'returned': -1, 'county-review': 0, 'city-review': 1, 'province-review': 2, 'accepted': 3 }
const rank: Record<ReviewStep, number> = { county: 0, city: 1, province: 2 }

export const waitingReviews = (item: QueueItem, step: ReviewStep) => item.reviews.filter((review) => review.state === `${step}-review`)
const passed = (item: QueueItem, step: ReviewStep) => item.reviews.some((review) => (order[review.state] ?? 0) > rank[step])

export function matches(item: QueueItem, filter: QueueFilter, step: ReviewStep, search: string): boolean {
  const words = search.trim().toLowerCase()
  const named = [item.organisation.nameZh, item.organisation.nameEn, item.organisation.code].some((name) => name?.toLowerCase().includes(words))
  if (words && !named) return false
  if (filter === 'waiting') return waitingReviews(item, step).length > 0
  if (filter === 'returned') return item.reviews.some((review) => review.state === 'returned')
  if (filter === 'passed') return passed(item, step) && waitingReviews(item, step).length === 0
  return true
}

/** Longest waiting first: nobody is forgotten at the end of the list. */
export function sortQueue(items: QueueItem[], step: ReviewStep): QueueItem[] {
  const since = (item: QueueItem) => waitingReviews(item, step).map((review) => review.waitingSince).sort()[0] ?? '9'
  return [...items].sort((a, b) => since(a).localeCompare(since(b)) || a.organisation.code.localeCompare(b.organisation.code))
}

/** j and k walk the list, Enter opens, x selects; never while someone types. */
export function useListKeys(length: Ref<number>, open: (index: number) => void, select: (index: number) => void) {
  const current = ref(0)
  watch(length, (now) => (current.value = Math.min(current.value, Math.max(0, now - 1))))

  function onKey(event: KeyboardEvent) {
    const target = event.target as HTMLElement
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, select, textarea, [contenteditable], dialog, .el-overlay')) return
    if (event.key === 'j') current.value = Math.min(length.value - 1, current.value + 1)
    else if (event.key === 'k') current.value = Math.max(0, current.value - 1)
    else if (event.key === 'x') select(current.value)
    else if (event.key === 'Enter' && !target.closest('a, button')) open(current.value)
    else return
    event.preventDefault()
    document.querySelector(`[data-row="${current.value}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  onMounted(() => document.addEventListener('keydown', onKey))
  onUnmounted(() => document.removeEventListener('keydown', onKey))
  return { current: computed({ get: () => current.value, set: (next) => (current.value = next) }) }
}
