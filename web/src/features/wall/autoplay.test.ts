import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { forgotten, useAutoplay } from './autoplay'

let show: ReturnType<typeof useAutoplay>
const open = (count: number, lessMotion = false) => mount(defineComponent({ setup() { show = useAutoplay(count, 10, lessMotion); return () => null } }))
const press = (key: string, target: HTMLElement = document.body) => { const event = new KeyboardEvent('keydown', { key, cancelable: true }); Object.defineProperty(event, 'target', { value: target }); show.key(event); return event }

describe('a wall nobody stands at', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('shows one scene after another, and begins anew', () => {
    open(3)
    vi.advanceTimersByTime(10_000)
    expect(show.at.value).toBe(1)
    vi.advanceTimersByTime(20_000)
    expect(show.at.value).toBe(0)
  })
  it('rests while somebody looks closer, and goes on when they leave or only their pointer stayed', () => {
    open(3)
    vi.advanceTimersByTime(8_000)
    show.hold()
    vi.advanceTimersByTime(20_000)
    expect(show.at.value).toBe(0)
    show.release()
    vi.advanceTimersByTime(2_000)
    expect(show.at.value).toBe(1)
    show.hold()
    vi.advanceTimersByTime(forgotten + 10_000)
    expect(show.at.value).toBe(2)
  })
  it('goes by keys, and a key rests it', () => {
    open(3)
    expect(press('ArrowRight').defaultPrevented).toBe(true)
    expect([show.at.value, show.held.value]).toEqual([1, true])
    press('ArrowLeft')
    press('ArrowLeft')
    expect(show.at.value).toBe(2)
    press('Home')
    expect(show.at.value).toBe(0)
    press(' ')
    expect(show.playing.value).toBe(false)
  })
  it('leaves arrows and space to what has the focus', () => {
    open(3)
    const button = document.createElement('button')
    expect([press(' ', button).defaultPrevented, press('ArrowRight', document.createElement('select')).defaultPrevented]).toEqual([false, false])
    // A scene was clicked: the arrows go on from there, a button takes none.
    const before = show.at.value
    expect([press('ArrowRight', button).defaultPrevented, show.at.value]).toEqual([true, before + 1])
    expect(show.playing.value).toBe(true)
  })
  it('does not begin by itself for whoever asked for less motion', () => {
    open(3, true)
    vi.advanceTimersByTime(60_000)
    expect(show.at.value).toBe(0)
    show.toggle()
    vi.advanceTimersByTime(10_000)
    expect(show.at.value).toBe(1)
  })
  it('stays where there is one scene, and stops with the page', () => {
    open(1)
    vi.advanceTimersByTime(60_000)
    expect(show.at.value).toBe(0)
    const page = open(2)
    page.unmount()
    vi.advanceTimersByTime(60_000)
    expect([show.at.value, vi.getTimerCount()]).toEqual([0, 1])
  })
})
