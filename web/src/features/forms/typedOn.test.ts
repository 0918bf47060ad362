import { beforeEach, describe, expect, it } from 'vitest'
import { typedOnStore } from './typedOn'

describe('the version that unsaved changes were typed on', () => {
  beforeEach(() => localStorage.clear())

  it('is said only when the report is on another one', () => {
    const store = typedOnStore('m1', 'p1')
    expect(store.unless('2026.1')).toEqual({})
    store.keep('2026.1')
    expect(store.unless('2026.1')).toEqual({})
    expect(store.unless('2026.2')).toEqual({ programmeVersion: '2026.1' })
  })

  it('stays the oldest until everything is saved, over reloads and for this person and module alone', () => {
    typedOnStore('m1', 'p1').keep('2026.1')
    typedOnStore('m1', 'p1').keep('2026.2')
    expect(typedOnStore('m1', 'p1').unless('2026.2')).toEqual({ programmeVersion: '2026.1' })
    expect(typedOnStore('m2', 'p1').unless('2026.2')).toEqual({})
    expect(typedOnStore('m1', 'p2').unless('2026.2')).toEqual({})
    typedOnStore('m1', 'p1').forget()
    expect(typedOnStore('m1', 'p1').unless('2026.2')).toEqual({})
  })
})
