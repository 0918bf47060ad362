import { computed, onMounted, onUnmounted, ref } from 'vue'
import { shownSince } from '@/api/copies'

/** Whether this device has no line, or nobody answers it. */
export function useOffline() {
  const online = ref(navigator.onLine)
  const look = () => (online.value = navigator.onLine)
  onMounted(() => ['online', 'offline'].forEach((name) => window.addEventListener(name, look)))
  onUnmounted(() => ['online', 'offline'].forEach((name) => window.removeEventListener(name, look)))
  return { offline: computed(() => !online.value || shownSince.value !== null) }
}
