import { beforeEach, describe, expect, it, vi } from 'vitest'
import { memoryStorage, plainShelf, shelfKey } from '../keeping/shelf'
import { isIdle, typed } from '../keeping/unsent'
import { takeOver } from './autosaveStore'
import { FirstTyping, type Typing } from './firstTyping'
import { leftKey } from './left'

const stored: Record<string, unknown> = { rooms: 4 }
const begin = () => new FirstTyping('p', 'm', (at) => stored[at])
const shelf = () => plainShelf('memory', memoryStorage())
const queue = () => ({ change: vi.fn(), changeAll: vi.fn(), keepTexts: vi.fn(), forgetTexts: vi.fn(), explain: vi.fn() }) satisfies Typing

describe('what is typed before there is a queue', () => {
  beforeEach(() => localStorage.clear())

  it('is handed to the queue in the order in which it was typed, once', () => {
    const [first, taken] = [begin(), queue()]
    first.change('rooms', 5)
    first.keepTexts([{ at: 'area', text: '三亩' }])
    first.change('rooms', 6)
    first.forgetTexts(['area'])
    first.explain({ rule: 'W01', at: 'rooms', text: '因为' })
    expect(first.isEmpty).toBe(false)
    first.handOver(taken)
    first.handOver(taken)
    expect(taken.changeAll.mock.calls).toEqual([[[{ at: 'rooms', value: 5 }]], [[{ at: 'rooms', value: 6 }]]])
    expect([taken.keepTexts.mock.calls.length, taken.forgetTexts.mock.calls.length, taken.explain.mock.calls.length, first.isEmpty]).toEqual([1, 1, 1, true])
  })

  it('survives the tab that is closed in this moment: the next visit finds the last of each cell, over what the server had', async () => {
    const first = begin()
    first.change('rooms', 5)
    first.changeAll([{ at: 'rooms', value: 6 }, { at: 'boarders', value: 70 }])
    first.keepTexts([{ at: 'area', text: '三' }, { at: 'rent', text: '?' }])
    first.keepTexts([{ at: 'area', text: '三亩' }])
    first.forgetTexts(['rent'])
    first.explain({ rule: 'W01', at: 'rooms', text: '因' })
    first.explain({ rule: 'W01', at: 'rooms', text: '因为' })
    const kept = shelf()
    await takeOver('p', kept)
    expect(await kept.read(shelfKey('p', 'm'))).toMatchObject({
      changes: [{ at: 'rooms', value: 6, was: 4 }, { at: 'boarders', value: 70, was: null }],
      unfit: [{ at: 'area', text: '三亩', was: null }],
      explanations: [{ rule: 'W01', at: 'rooms', text: '因为' }],
    })
    expect(localStorage.getItem(leftKey('p', 'm'))).toBeNull()
  })

  it('is not taken over once its own page has handed it to its queue', async () => {
    begin().change('rooms', 5)
    const kept = shelf()
    // Between another page's look and its edit the queue has taken it, sent it and gone on.
    await takeOver('p', { ...kept, edit: (key, how) => {
      begin().forget()
      return kept.edit(key, how)
    } })
    expect(await kept.all()).toEqual([])
  })

  it('lies over what an earlier visit left in the same module', async () => {
    begin().change('boarders', 70)
    begin().change('rooms', 5)
    const kept = shelf()
    await kept.edit(shelfKey('p', 'm'), (present) => present)
    await takeOver('p', kept)
    const one = await kept.read(shelfKey('p', 'm'))
    expect(one?.changes.map(({ at }) => at)).toEqual(['boarders', 'rooms'])
    // The page's own queue says the same again: nothing is there twice.
    const again = typed(one!, { at: 'rooms', value: 5, was: 4, stamp: 'own', typedAt: 1 })
    expect([again.changes.length, isIdle(again)]).toEqual([2, false])
  })

  it('goes on without a store that takes it', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    const [first, taken] = [begin(), queue()]
    first.change('rooms', 5)
    first.handOver(taken)
    expect(taken.changeAll).toHaveBeenCalledOnce()
  })
})
