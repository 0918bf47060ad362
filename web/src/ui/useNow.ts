import { onUnmounted, ref, type Ref } from 'vue'

/** The time of this browser, moving on. Deadlines are decided by the server; this is only shown. */
export function useNow(every = 1000): Ref<number> {
  const now = ref(Date.now())
  const timer = window.setInterval(() => (now.value = Date.now()), every)
  onUnmounted(() => window.clearInterval(timer))
  return now
}
