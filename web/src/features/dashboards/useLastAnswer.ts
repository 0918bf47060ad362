import { computed, onScopeDispose, shallowRef, toRaw, watch, type ComputedRef, type Ref } from 'vue'
import { keepCopy, lastCopy, nobodyAnswers } from '@/api/copies'

type Asked<T> = { data: Ref<T | undefined>; error: Ref<unknown>; failureReason: Ref<unknown>; isPlaceholderData: Ref<boolean>; dataUpdatedAt: Ref<number> }

const keepEvery = 60_000
/** A service that hangs refuses nothing for ten seconds: nobody looks at an empty page for that long. */
const patience = 4_000

/**
 * Keeps what was read on this device, and shows it again where nobody answers, or not soon: with the time at which it was read, never as if it were new.
 * The query stays without an answer, so it goes on asking.
 */
export function useLastAnswer<T extends object>(name: () => string, query: Asked<T>) {
  const last = shallowRef<{ name: string; data: T; at: number } | null>(null)
  let kept = { name: '', at: 0 }

  watch([query.data, query.isPlaceholderData], ([data, placeholder]) => {
    const now = Date.now()
    if (data === undefined || placeholder || (kept.name === name() && now - kept.at < keepEvery)) return
    kept = { name: name(), at: now }
    // As it came: the query hands out a watched view of it, which a browser's database refuses.
    keepCopy(name(), toRaw(data), null)
  }, { immediate: true })

  async function showLast() {
    const asked = name()
    if (last.value?.name === asked) return
    const copy = await lastCopy(asked)
    if (copy && asked === name()) last.value = { name: asked, data: copy.data as T, at: copy.at }
  }

  watch([query.failureReason, query.error, name], () => {
    if (nobodyAnswers(query.failureReason.value ?? query.error.value)) void showLast()
  }, { immediate: true })

  const hasNone = () => query.data.value === undefined || query.isPlaceholderData.value
  let timer = 0
  watch(name, () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => {
      if (hasNone()) void showLast()
    }, patience)
  }, { immediate: true })
  onScopeDispose(() => window.clearTimeout(timer))

  // A refusal, however late, takes away what was shown until then.
  const refused = computed(() => query.error.value != null && !nobodyAnswers(query.error.value))
  const shown = computed(() => (hasNone() && !refused.value && last.value?.name === name() ? last.value : null))
  return {
    data: computed(() => shown.value?.data ?? query.data.value) as ComputedRef<T | undefined>,
    /** Whether it is the kept one. */
    isLast: computed(() => shown.value !== null),
    checkedAt: computed(() => shown.value?.at ?? query.dataUpdatedAt.value),
  }
}
