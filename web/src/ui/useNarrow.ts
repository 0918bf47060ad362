import { onUnmounted, readonly, ref } from 'vue'

/** True on phones, where tables become cards. */
export function useNarrow(limit = 760) {
  const query = window.matchMedia(`(max-width: ${limit}px)`)
  const narrow = ref(query.matches)
  const follow = (event: MediaQueryListEvent) => (narrow.value = event.matches)
  query.addEventListener('change', follow)
  onUnmounted(() => query.removeEventListener('change', follow))
  return readonly(narrow)
}
