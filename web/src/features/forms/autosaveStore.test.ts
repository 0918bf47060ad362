import { beforeEach, describe, expect, it } from 'vitest'
import { browserStore } from './autosaveStore'

describe('what waits in the browser', () => {
  beforeEach(() => localStorage.clear())
  const unsaved = { changes: [{ at: 'a', value: 1 }], explanations: [] }

  it('survives a reload', () => {
    browserStore('m1', 'p1').write(unsaved)
    expect(browserStore('m1', 'p1').read()).toEqual(unsaved)
  })

  it('belongs to one person and one module', () => {
    browserStore('m1', 'p1').write(unsaved)
    expect(browserStore('m1', 'p2').read()).toBeNull()
    expect(browserStore('m2', 'p1').read()).toBeNull()
  })

  it('is nothing when it cannot be read', () => {
    localStorage.setItem('gengdu.unsaved.p1.m1', '{broken')
    expect(browserStore('m1', 'p1').read()).toBeNull()
  })

  it('lets typing go on when storage is full', () => {
    const full = { getItem: () => null, removeItem: () => undefined, setItem: () => { throw new Error('quota') } } as unknown as Storage
    expect(() => browserStore('m1', 'p1', full).write(unsaved)).not.toThrow()
  })
})
