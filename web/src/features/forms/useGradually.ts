import { onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue'

/**
 * How many of the parts of a page are drawn: the first at once, the others one by one right after, with room for a keystroke between
 * them. On a slow phone the first cell can be typed in a second earlier.
 */
export function useGradually(parts: Ref<unknown[]>) {
  const drawn = ref(1)
  let next: ReturnType<typeof setTimeout> | undefined
  const follow = () => {
    clearTimeout(next)
    if (drawn.value < parts.value.length) next = setTimeout(() => {
      drawn.value++
      follow()
    })
  }
  onMounted(follow)
  watch(parts, follow)
  onBeforeUnmount(() => clearTimeout(next))
  return { drawn, all: () => void (drawn.value = Infinity) }
}
