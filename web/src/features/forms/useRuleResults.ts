import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { RuleResult, Values } from '@/api/types'
import type { Checker } from './rules'

const pause = 40
const longest = 200

/**
 * What the rules say about what is typed. They are asked when the fingers rest for a moment, and five times a second while they do not:
 * a letter is on the screen before a thousand rules are through, and each letter of a word is not judged for itself.
 */
export function useRuleResults(checker: Ref<Checker | null>, values: Ref<Values>, server: Ref<RuleResult[]>): Ref<RuleResult[]> {
  const results = shallowRef<RuleResult[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  let since = 0

  function ask() {
    clearTimeout(timer)
    timer = undefined
    results.value = checker.value?.results(values.value) ?? server.value
  }

  // Other rules, or the server's word: at once.
  watch([checker, server], ask, { immediate: true })
  watch(values, () => {
    const now = performance.now()
    if (timer === undefined) since = now
    clearTimeout(timer)
    timer = setTimeout(ask, Math.max(0, Math.min(pause, since + longest - now)))
  })
  onScopeDispose(() => clearTimeout(timer))
  return results
}
