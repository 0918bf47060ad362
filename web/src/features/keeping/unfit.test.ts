import { describe, expect, it } from 'vitest'
import { readFile, takeIn, toFile } from './carry'
import { memoryStorage, plainShelf, shelfKey } from './shelf'
import { ownTexts, typedUnfit, unfitGone, type Unfit } from './unfit'
import { acknowledged, allTyped, cellsIn, isIdle, isSent, nothingUnsent, ownCells, rebased, settled, takeBatch, typed, type Unsent, type Waiting } from './unsent'

const waiting = (at: string, value: unknown, was: unknown = null, typedAt = 1): Waiting => ({ at, value, was, stamp: `${at}-${typedAt}`, typedAt })
const unfit = (at: string, text: string, was: unknown = null, typedAt = 1): Unfit => ({ at, text, was, typedAt })
const nothing = nothingUnsent('p', 'm')
const with12x = (was: unknown = null) => typedUnfit(nothing, [unfit('a', '12x', was)])

describe('a text that is no value of its field', () => {
  it('is kept and counted, and never among what is sent or laid out as a value', () => {
    const one = with12x()
    expect([isIdle(one), isSent(one), cellsIn(one), ownTexts(one), ownCells(one)]).toEqual([false, true, 1, [['a', '12x']], []])
    expect(takeBatch(typed(one, waiting('b', 1)), 'v', 'k').batch?.changes.map(({ at }) => at)).toEqual(['b'])
  })

  it('is gone once corrected, alone or by a paste, cleared, or its row is gone', () => {
    const all = [
      typed(with12x(), waiting('a', 12)), allTyped(with12x(), [waiting('a', 12)]), unfitGone(with12x(), ['a']),
      typed(typedUnfit(nothing, [unfit('titles/r1/year', 'x')]), waiting('titles/r1', null)),
    ]
    expect(all.flatMap(ownTexts)).toEqual([])
    expect(ownTexts(typed(typedUnfit(nothing, [unfit('titles/r10/year', 'x')]), waiting('titles/r1', null)))).toHaveLength(1)
  })

  it('of an older version of the app, which kept none, is none', () => {
    const older: Unsent = nothing
    expect('unfit' in older).toBe(false)
    expect([isIdle(older), ownTexts(older), cellsIn(acknowledged(older, 'k'))]).toEqual([true, [], 0])
  })

  it('asks nothing over a value of its own person: stored before it, beneath it, or with its row', () => {
    let one = typedUnfit(typed(nothing, waiting('a', 12)), [unfit('a', '12x')])
    one = acknowledged(takeBatch(one, 'v', 'k'), 'k')
    expect(rebased(one, { a: 12 })).toMatchObject({ conflicts: [], unfit: [{ at: 'a', was: 12 }] })
    const row = typedUnfit(typed(nothing, waiting('titles/r1', { level: 'city' })), [unfit('titles/r1/year', 'x')])
    expect(rebased(row, {}).conflicts).toEqual([])
    expect(rebased(acknowledged(takeBatch(row, 'v', 'k'), 'k'), { titles: [{ _id: 'r1', level: 'city' }] })).toMatchObject({ conflicts: [], unfit: [{ at: 'titles/r1/year' }] })
    const stored = typedUnfit(typed(nothing, waiting('a', 12)), [unfit('a', '12x')])
    expect(rebased(stored, { a: 12 })).toMatchObject({ conflicts: [], changes: [], unfit: [{ was: 12 }] })
  })

  it('meets what somebody else typed: theirs is shown beneath, and either can be chosen', () => {
    const met = rebased(with12x(1), { a: 15 })
    expect(met).toMatchObject({ unfit: [], conflicts: [{ at: 'a', text: '12x', theirs: 15 }] })
    expect([ownCells(met), ownTexts(met)]).toEqual([[], [['a', '12x']]])
    expect(isIdle(settled(met, 'a', 'theirs'))).toBe(true)
    const mine = settled(met, 'a', 'mine')
    expect([mine.conflicts, mine.changes, mine.unfit]).toMatchObject([[], [], [{ at: 'a', text: '12x', was: 15 }]])
    expect(rebased(mine, { a: 15 }).conflicts).toEqual([])
  })

  it('is typed on while the choice waits: as another text, as a value, or as theirs', () => {
    const met = rebased(with12x(1), { a: 15 })
    expect(typedUnfit(met, [unfit('a', '12xy')])).toMatchObject({ unfit: [], conflicts: [{ text: '12xy' }] })
    const value = typed(met, waiting('a', 12))
    expect([ownTexts(value), value.conflicts]).toMatchObject([[], [{ value: 12, theirs: 15 }]])
    expect(isIdle(unfitGone(met, ['a']))).toBe(true)
  })

  it('keeps its side of a choice between two values', () => {
    const one = typedUnfit(typed(nothing, waiting('a', 12, 1)), [unfit('a', '12x', 1)])
    const met = rebased(one, { a: 15 })
    expect(met).toMatchObject({ changes: [], unfit: [], conflicts: [{ value: 12, text: '12x', theirs: 15 }] })
  })

  it('brings its row back when somebody else removed it and it is kept', () => {
    const met = rebased(typedUnfit(nothing, [unfit('titles/r1/year', 'x', null)]), { titles: [] as never })
    expect(met.conflicts).toMatchObject([{ text: 'x', rowGone: true }])
    expect(settled(met, 'titles/r1/year', 'mine').changes).toMatchObject([{ at: 'titles/r1', value: {} }])
  })

  it('travels in a file, gives way to later typing there, and is checked', async () => {
    const record: Unsent = { ...with12x(), unfit: [unfit('a', '12x', null, 5), unfit('b', '3 o', null, 5), unfit('c', '?', null, 5)] }
    const shelf = plainShelf('memory', memoryStorage())
    const key = shelfKey('p', 'm')
    await shelf.edit(key, () => typedUnfit(typed(nothing, waiting('b', 30, null, 9)), [unfit('c', '??', null, 9)]))
    const file = JSON.stringify(toFile('p', [record], '2026-11-22T06:03:21Z'))
    expect(await takeIn(readFile(file, 'p') as never, shelf)).toBe(1)
    expect(ownTexts((await shelf.read(key))!)).toEqual([['c', '??'], ['a', '12x']])
    expect(readFile(file.replace('"text":"12x"', '"text":12'), 'p')).toBe('no-file-of-ours')
    await takeIn(readFile(JSON.stringify(toFile('p', [allTyped(nothing, [waiting('a', 12, null, 7)])], '2026-11-22T06:04:00Z')), 'p') as never, shelf)
    expect(ownTexts((await shelf.read(key))!)).toEqual([['c', '??']])
  })
})
