import { beforeEach, describe, expect, it } from 'vitest'
import { memoryStorage, plainShelf, shelfKey } from '../keeping/shelf'
import { takeOver } from './autosaveStore'

const shelf = () => plainShelf('memory', memoryStorage())

describe('what an older version left in this browser', () => {
  beforeEach(() => localStorage.clear())

  it('is taken over for its person alone, once', async () => {
    const explanations = [{ rule: 'W01', at: 'a', text: '因为' }]
    localStorage.setItem('gengdu.unsaved.p1.m1', JSON.stringify({ changes: [{ at: 'a', value: 1 }], explanations }))
    localStorage.setItem('gengdu.unsaved.p2.m1', JSON.stringify({ changes: [{ at: 'a', value: 2 }], explanations: [] }))
    const kept = shelf()
    await takeOver('p1', kept)
    expect(await kept.read(shelfKey('p1', 'm1'))).toMatchObject({ changes: [{ at: 'a', value: 1, was: null }], explanations })
    expect(await kept.read(shelfKey('p2', 'm1'))).toBeUndefined()
    expect([localStorage.getItem('gengdu.unsaved.p1.m1'), localStorage.getItem('gengdu.unsaved.p2.m1') !== null]).toEqual([null, true])
  })

  it('is nothing when it cannot be read', async () => {
    localStorage.setItem('gengdu.unsaved.p1.m1', '{broken')
    localStorage.setItem('gengdu.unsaved.p1.m2', '"text"')
    const kept = shelf()
    await takeOver('p1', kept)
    expect(await kept.all()).toEqual([])
  })
})
