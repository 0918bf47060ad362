import { describe, expect, it, vi } from 'vitest'
import { pressed } from './useReviewKeys'

function press(key: string, html = '<p id="at"></p>', init: KeyboardEventInit = {}) {
  document.body.innerHTML = html
  const act = vi.fn()
  document.addEventListener('keydown', (event) => pressed(event, { a: act, Enter: act }), { once: true })
  document.getElementById('at')!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }))
  return act.mock.calls.length
}

describe('keys of the review pages', () => {
  it('act on the page', () => expect(press('a')).toBe(1))
  it('are left to whoever types', () => {
    for (const html of ['<input id="at">', '<textarea id="at"></textarea>', '<select id="at"></select>', '<p id="at" contenteditable></p>', '<div role="dialog"><p id="at"></p></div>']) {
      expect(press('a', html)).toBe(0)
    }
  })
  it('are left to the browser and the input method', () => {
    expect(press('a', undefined, { ctrlKey: true })).toBe(0)
    expect(press('a', undefined, { metaKey: true })).toBe(0)
    expect(press('a', undefined, { isComposing: true })).toBe(0)
  })
  it('let Enter press the button that has the focus', () => {
    expect(press('Enter')).toBe(1)
    expect(press('Enter', '<button id="at"></button>')).toBe(0)
    expect(press('Enter', '<a href="#" id="at"></a>')).toBe(0)
  })
  it('still work on a box that was ticked', () => expect(press('a', '<input type="checkbox" id="at">')).toBe(1))
})
