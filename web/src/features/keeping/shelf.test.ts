import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { copiesOf, forgetCopies, tidyCopies } from './copies'
import { closeDatabase, keptDatabase } from './database'
import { readFile, takeIn, toFile } from './carry'
import { plainShelf, memoryStorage, shelfKey, theShelf, type Shelf } from './shelf'
import { acknowledged, allTyped, cellsIn, nothingUnsent, takeBatch, typed, type Waiting } from './unsent'

const waiting = (at: string, value: unknown, typedAt = 1): Waiting => ({ at, value, was: null, stamp: `${at}-${typedAt}`, typedAt })
const key = shelfKey('p', 'm')

describe.each<[string, () => Promise<Shelf>]>([['database', theShelf], ['storage', () => Promise.resolve(plainShelf('storage', memoryStorage()))]])('a shelf in a %s', (kind, make) => {
  it('keeps edits in their order and forgets what is done', async () => {
    const shelf = await make()
    expect(shelf.kind).toBe(kind)
    await Promise.all(Array.from({ length: 20 }, (_, i) => shelf.edit(key, (one) => typed(one ?? nothingUnsent('p', 'm'), waiting(`c${i}`, i)))))
    expect((await shelf.read(key))?.changes.map(({ value }) => value)).toEqual(Array.from({ length: 20 }, (_, i) => i))
    expect(await shelf.all()).toHaveLength(1)
    await shelf.edit(key, () => undefined)
    expect([await shelf.read(key), await shelf.all()]).toEqual([undefined, []])
  })
})

describe('the database', () => {
  afterEach(closeDatabase)

  it('is there again after the page was closed', async () => {
    await (await theShelf()).edit(key, () => typed(nothingUnsent('p', 'm'), waiting('a', 1)))
    await closeDatabase()
    expect(await (await keptDatabase())!.get('unsent', key)).toMatchObject({ changes: [{ at: 'a', value: 1 }] })
  })

  it('keeps copies for their reader, and lets those of others and of last month go', async () => {
    await copiesOf('p').put('me', { name: '李敏' }, null)
    await copiesOf('q').put('me', { name: '张立' }, null)
    expect(await copiesOf('p').get('me')).toMatchObject({ data: { name: '李敏' } })
    expect(await copiesOf('r').get('me')).toBeNull()
    await tidyCopies('p')
    expect([await copiesOf('q').get('me'), (await copiesOf('p').get('me'))?.data]).toEqual([null, { name: '李敏' }])
    await tidyCopies('p', Date.now() + 31 * 86_400_000)
    expect(await copiesOf('p').get('me')).toBeNull()
    await copiesOf('p').put('me', 1, null)
    await forgetCopies('p')
    expect(await copiesOf('p').get('me')).toBeNull()
  })
})

describe('a queue', () => {
  it('acknowledges a batch once and keeps what was typed meanwhile on top of it', () => {
    let one = takeBatch(typed(nothingUnsent('p', 'm'), waiting('a', 1)), 'v1', 'k')
    one = typed(one, waiting('a', 2, 2))
    expect(takeBatch(one, 'v9', 'other').batch).toMatchObject({ key: 'k', version: 'v1' })
    one = acknowledged(one, 'k')
    expect([one.changes, one.batch]).toMatchObject([[{ at: 'a', value: 2, was: 1 }], null])
    expect(acknowledged(one, 'k')).toBe(one)
  })

  it('takes a paste of thousands as one', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => waiting(`c${i}`, i))
    const one = allTyped(typed(nothingUnsent('p', 'm'), waiting('c1', 'old')), many)
    expect(cellsIn(one)).toBe(20_000)
    expect(takeBatch(one, 'v', 'k').batch?.changes).toHaveLength(200)
  })
})

describe('a file of unsent cells', () => {
  const record = allTyped(nothingUnsent('p', 'm'), [waiting('a', 1, 5), waiting('b', 2, 5)])
  const file = JSON.stringify(toFile('p', [record], '2026-11-22T06:03:21Z'))

  it('is taken in beside what is here: the later typing wins', async () => {
    const shelf = plainShelf('memory', memoryStorage())
    await shelf.edit(key, () => typed(nothingUnsent('p', 'm'), waiting('a', 'later', 9)))
    const read = readFile(file, 'p')
    expect(typeof read).toBe('object')
    expect(await takeIn(read as never, shelf)).toBe(1)
    expect(await takeIn(read as never, shelf)).toBe(0)
    expect((await shelf.read(key))?.changes).toMatchObject([{ at: 'a', value: 'later' }, { at: 'b', value: 2, was: null }])
  })

  it.each([['{broken', 'no-file-of-ours'], ['{"format":"x"}', 'no-file-of-ours'], ['null', 'no-file-of-ours'],
    [JSON.stringify({ ...JSON.parse(file), records: [{ moduleReportId: 'm', personId: 'p' }] }), 'no-file-of-ours'], [file.replaceAll('"p"', '"q"'), 'of-another-person']])('that does not fit is refused: %s', (text, why) => {
    expect(readFile(text, 'p')).toBe(why)
  })
})
