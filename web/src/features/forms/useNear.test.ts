import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import { useNear } from './useNear'

let look: (isIntersecting: boolean) => Promise<void>

beforeEach(() => {
  vi.stubGlobal('IntersectionObserver', class {
    constructor(seen: (entries: { isIntersecting: boolean }[]) => void) {
      look = async (isIntersecting) => {
        seen([{ isIntersecting }])
        await nextTick()
      }
    }
    observe = () => undefined
    disconnect = () => undefined
  })
})

function group(atOnce = false) {
  const page = mount(defineComponent(() => {
    const box = ref<HTMLElement | null>(null)
    const { near, far } = useNear(box, atOnce)
    return () => h('div', { ref: box }, near.value ? [h('input')] : [h('p', String(far.value))])
  }), { attachTo: document.body })
  vi.spyOn(page.element, 'getBoundingClientRect').mockReturnValue({ height: 640 } as DOMRect)
  return { page, isDrawn: () => page.find('input').exists() }
}

describe('rows near the screen', () => {
  it('are drawn as somebody comes, and leave their height behind when far again', async () => {
    const { page, isDrawn } = group()
    await look(false)
    expect([isDrawn(), page.text()]).toEqual([false, '0'])
    await look(true)
    expect(isDrawn()).toBe(true)
    await look(false)
    expect([isDrawn(), page.text()]).toEqual([false, '640'])
  })

  it('stay while they were asked for and nobody has been there yet', async () => {
    const { isDrawn } = group(true)
    await look(false)
    expect(isDrawn()).toBe(true)
  })

  it('stay while the cursor stands in them', async () => {
    const { page, isDrawn } = group()
    await look(true)
    page.get('input').element.focus()
    await look(false)
    expect(isDrawn()).toBe(true)
    page.get('input').element.blur()
    await nextTick()
    await nextTick()
    expect(isDrawn()).toBe(false)
  })

  it('are all on paper', async () => {
    const { isDrawn } = group()
    await look(false)
    window.dispatchEvent(new Event('beforeprint'))
    await nextTick()
    expect(isDrawn()).toBe(true)
  })
})
