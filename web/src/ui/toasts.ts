import { ref } from 'vue'

export type Tone = 'good' | 'warm' | 'danger'
export type Toast = { id: number; text: string; tone: Tone }

export const toasts = ref<Toast[]>([])
let next = 1

export function showToast(text: string, tone: Tone = 'good', stays = 6000) {
  const id = next++
  toasts.value = [...toasts.value.slice(-2), { id, text, tone }]
  window.setTimeout(() => dismissToast(id), stays)
}

export const dismissToast = (id: number) => {
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}

/** Good news of what was done before is in the way of what is asked now; a problem stays until it has been read. */
export const clearGoodNews = () => {
  toasts.value = toasts.value.filter((toast) => toast.tone !== 'good')
}
