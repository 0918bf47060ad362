import { onUnmounted, ref, type Ref } from 'vue'
import { serverNow } from '@/api/serverClock'

/** The server's time as this page knows it, moving on: a device whose clock is wrong counts down to the same moment. */
export function useNow(every = 1000): Ref<number> {
  const now = ref(serverNow())
  const timer = window.setInterval(() => (now.value = serverNow()), every)
  onUnmounted(() => window.clearInterval(timer))
  return now
}
