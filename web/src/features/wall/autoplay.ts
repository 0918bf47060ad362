import { computed, onUnmounted, readonly, ref, toValue, watch, type MaybeRefOrGetter } from 'vue'

/** A hand that has gone leaves its pointer on the screen: after this long it no longer holds the show. */
export const forgotten = 30_000

/**
 * One scene after another, for a wall nobody stands at. It rests while somebody looks closer (pointer, focus, a key), goes on by itself when they
 * have gone, and does not begin by itself for whoever asked for less motion.
 */
export function useAutoplay(count: MaybeRefOrGetter<number>, seconds: number, lessMotion = matchMedia('(prefers-reduced-motion: reduce)').matches) {
  const at = ref(0)
  const playing = ref(!lessMotion)
  const held = ref(false)
  const gone = ref(0)
  let pointer = 0

  const tick = 250
  const timer = window.setInterval(() => {
    if (!playing.value || held.value || toValue(count) < 2) return
    gone.value += tick
    if (gone.value >= seconds * 1000) step(1)
  }, tick)

  function show(scene: number) {
    const many = Math.max(1, toValue(count))
    at.value = (scene + many) % many
    gone.value = 0
  }
  const step = (by: number) => show(at.value + by)
  const toggle = () => (playing.value = !playing.value)
  watch(() => toValue(count), () => show(Math.min(at.value, toValue(count) - 1)))

  /** Somebody is here; with nothing more from them, for a while only. */
  function hold() {
    held.value = true
    window.clearTimeout(pointer)
    pointer = window.setTimeout(release, forgotten)
  }
  function release() {
    window.clearTimeout(pointer)
    held.value = false
  }

  function key(event: KeyboardEvent) {
    // What has the focus takes its keys itself: a button the space bar, a list or a table that scrolls the arrows as well.
    const focused = event.target as HTMLElement
    const [pressed, moved] = [focused.closest?.('button, a, select, input, [tabindex="0"]'), focused.closest?.('select, input, [tabindex="0"]')]
    const acts: Record<string, () => void> = { ArrowRight: () => step(1), PageDown: () => step(1), ArrowLeft: () => step(-1), PageUp: () => step(-1), Home: () => show(0), End: () => show(toValue(count) - 1), ...(pressed ? {} : { ' ': toggle }) }
    hold()
    const act = moved && event.key.startsWith('Arrow') ? undefined : acts[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  onUnmounted(() => {
    window.clearInterval(timer)
    window.clearTimeout(pointer)
  })
  return { at: readonly(at), playing: readonly(playing), held: readonly(held), done: computed(() => Math.min(1, gone.value / (seconds * 1000))), show, step, toggle, hold, release, key }
}
