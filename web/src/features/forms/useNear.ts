import { nextTick, onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/**
 * True while an element is near the screen: a table of hundreds of rows is drawn where somebody is, so that a keystroke costs what a
 * screenful costs. What is far away again leaves its height behind (`far`), unless the cursor stands in it. Paper gets everything.
 */
export function useNear(element: Ref<HTMLElement | null>, atOnce: boolean) {
  const near = ref(atOnce || typeof IntersectionObserver === 'undefined')
  /** Its height in pixels when it was last drawn; 0 before. */
  const far = ref(0)
  let observer: IntersectionObserver | null = null
  let met = false

  function look(seen: IntersectionObserverEntry[]) {
    const isNear = seen.at(-1)!.isIntersecting
    if (isNear) near.value = true
    else if (met) leave()
    met = isNear
  }

  function leave() {
    const box = element.value
    if (!box || !near.value) return
    // Who types in it may have scrolled away to look something up: it stays until the cursor leaves it.
    if (box.contains(document.activeElement)) {
      box.addEventListener('focusout', () => void nextTick(() => (met ? undefined : leave())), { once: true })
      return
    }
    far.value = box.getBoundingClientRect().height
    near.value = false
  }

  const show = () => void (near.value = true)
  onMounted(() => {
    if (typeof IntersectionObserver === 'undefined' || !element.value) return
    observer = new IntersectionObserver(look, { rootMargin: '900px 0px' })
    observer.observe(element.value)
    window.addEventListener('beforeprint', show)
  })
  onBeforeUnmount(() => {
    observer?.disconnect()
    window.removeEventListener('beforeprint', show)
  })
  return { near, far, show }
}
