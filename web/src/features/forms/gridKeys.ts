import { nextTick } from 'vue'
import { address, cellId } from './cells'

/** Where a key press in a grid leads: arrows and Enter move between cells, text cells keep their arrows until the caret is at the edge. */
export function gridMove(event: KeyboardEvent): [down: number, right: number] | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null
  // A date has parts of its own to move between.
  if (event.key !== 'Enter' && event.target instanceof HTMLInputElement && event.target.type === 'date') return null
  switch (event.key) {
    case 'ArrowUp':
      return [-1, 0]
    case 'ArrowDown':
      return [1, 0]
    case 'Enter':
      return event.shiftKey ? [-1, 0] : [1, 0]
    case 'ArrowLeft':
      return atEdge(event.target, 'start') ? [0, -1] : null
    case 'ArrowRight':
      return atEdge(event.target, 'end') ? [0, 1] : null
    default:
      return null
  }
}

function atEdge(target: EventTarget | null, edge: 'start' | 'end') {
  if (!(target instanceof HTMLInputElement) || target.type !== 'text') return true
  const { selectionStart, selectionEnd, value } = target
  if (selectionStart === 0 && selectionEnd === value.length) return true
  return edge === 'start' ? selectionEnd === 0 : selectionStart === value.length
}

export function focusCell(...parts: string[]): boolean {
  const element = document.getElementById(cellId(address(...parts)))
  if (!element) return false
  const inner = element.matches('input, select, textarea, button') ? element : element.querySelector<HTMLElement>('input, select, textarea, button')
  const target = (inner ?? element) as HTMLElement
  target.focus({ preventScroll: false })
  if (target instanceof HTMLInputElement && target.type === 'text') target.select()
  return document.activeElement === target
}

/** Long tables draw their rows as they come near; whoever jumps further asks for the row first. */
export const revealEvent = 'gengdu:reveal'

/** Brings a cell into view and puts the cursor in it; a cell that is hidden in a closed card leads to its field. */
export async function jumpToCell(at: string) {
  window.dispatchEvent(new CustomEvent(revealEvent, { detail: at }))
  await nextTick()
  const parts = at.split('/')
  while (parts.length > 0) {
    const element = document.getElementById(cellId(parts.join('/')))
    if (element) {
      element.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' })
      focusCell(...parts)
      return
    }
    parts.pop()
  }
}

/** The address of the cell something happened in. */
export const addressOf = (target: EventTarget | null) =>
  target instanceof Element ? (target.closest<HTMLElement>('[data-at]')?.dataset.at ?? null) : null
