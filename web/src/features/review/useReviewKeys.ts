import { onMounted, onUnmounted, ref } from 'vue'

export type Keys = Record<string, () => void>

/** Whether a key belongs to whoever types or to an open dialog, and not to us. */
export function isTaken(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null
  return event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented
    || Boolean(target?.closest?.('input:not([type="checkbox"]), select, textarea, [contenteditable]:not([contenteditable="false"]), dialog, [role="dialog"], .el-overlay'))
}

/** Enter and the space bar press what has the focus. */
const pressesFocus = (event: KeyboardEvent) => (event.key === 'Enter' || event.key === ' ') && Boolean((event.target as HTMLElement | null)?.closest?.('a, button, summary, [role="tab"]'))

export function pressed(event: KeyboardEvent, keys: Keys): boolean {
  const act = keys[event.key]
  if (!act || isTaken(event) || pressesFocus(event)) return false
  event.preventDefault()
  act()
  return true
}

/** Single keys for a page; "?" shows which. Never while someone types, never with a modifier held. */
export function useReviewKeys(keys: Keys) {
  const help = ref(false)
  const all: Keys = { ...keys, '?': () => (help.value = !help.value) }
  const onKey = (event: KeyboardEvent) => void pressed(event, all)
  onMounted(() => document.addEventListener('keydown', onKey))
  onUnmounted(() => document.removeEventListener('keydown', onKey))
  return { help }
}
