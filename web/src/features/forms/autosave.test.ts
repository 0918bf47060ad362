import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '@/api/problem'
import type { ValuesPatch, Values } from '@/api/types'
import { canonical, checksumOf } from '../keeping/checksum'
import { memoryStorage, plainShelf, shelfKey } from '../keeping/shelf'
import { explained, nothingUnsent, typed, type Unsent } from '../keeping/unsent'
import { AutosaveQueue, type Checked, type Saved, type SaveState } from './autosave'

const saved = (version: number, more: object = {}): Saved => ({ saved: { version, savedAt: '2026-11-22T06:03:21Z', state: 'draft', results: [], completion: 0.5, setAside: [], ...more }, etag: `"${version}"` })
const problem = (status: number, errors: { at: string }[] = []) =>
  new Problem({ status, code: 'RPT-1', title: 'no', errors: errors.map(({ at }) => ({ at, code: 'type', messages: { zh: '', en: '' } })) })

const waiting = (at: string, value: unknown, was: unknown = null) => ({ at, value, was, stamp: `left-${at}`, typedAt: 1 })

type Kept = { changes: [string, unknown, unknown?][]; explanations?: { rule: string; at: string; text: string }[]; batch?: { key: string; version: string } }

async function setUp(answers: (number | Problem | Saved | (() => Promise<Saved>))[], kept: Kept | null = null, values: Values = {}, fresh: Values = {}) {
  const sent: { version: string | number; patch: ValuesPatch; key: string }[] = []
  const states: SaveState[] = []
  const checks: Checked[] = []
  const refused: string[] = []
  const shelf = plainShelf('memory', memoryStorage())
  const key = shelfKey('p', 'm')
  if (kept) {
    let left: Unsent = kept.changes.reduce((one, [at, value, was]) => typed(one, waiting(at, value, was)), nothingUnsent('p', 'm'))
    left = (kept.explanations ?? []).reduce((one, explanation) => explained(one, { ...explanation, stamp: 'left-e' }), left)
    if (kept.batch) left = { ...left, batch: { ...kept.batch, changes: left.changes, explanations: left.explanations } }
    await shelf.edit(key, () => left)
  }
  const reload = vi.fn(() => Promise.resolve({ version: '"v70"', values: fresh }))
  const queue = await new AutosaveQueue({
    version: '"1"', values, personId: 'p', moduleReportId: 'm', shelf, reload,
    send: async (version, patch, batch) => {
      sent.push({ version, patch, key: batch })
      const answer = answers.shift() ?? 99
      if (answer instanceof Problem) throw answer
      return typeof answer === 'number' ? saved(answer) : typeof answer === 'function' ? answer() : answer
    },
    edits: () => Promise.resolve([{ version: 70, personId: 'q', name: '张立', savedAt: '2026-11-22T06:00:00Z', cells: ['a'] }]),
    onState: (state) => states.push(state),
    onSaved: (_, checked) => checks.push(checked),
    onCellsRefused: (cells) => refused.push(...cells.map(({ at }) => at)),
  }).begin()
  return { queue, sent, states, reload, refused, checks, left: () => shelf.read(key) }
}

describe('autosave', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('sends one batch for a burst of typing', async () => {
    const { queue, sent, states } = await setUp([2])
    queue.change('boarders', 1)
    queue.change('boarders', 12)
    queue.change('classes/g1', 3)
    await vi.advanceTimersByTimeAsync(1000)
    expect(sent).toMatchObject([{ version: '"1"', patch: { changes: [{ at: 'boarders', value: 12 }, { at: 'classes/g1', value: 3 }], explanations: [] } }])
    expect(states.at(-1)).toBe('saved')
  })

  it('does not wait for ever while someone types on', async () => {
    const { queue, sent } = await setUp([2, 3])
    for (let i = 0; i < 10; i++) {
      queue.change('boarders', i)
      await vi.advanceTimersByTimeAsync(500)
    }
    expect(sent.length).toBeGreaterThanOrEqual(1)
  })

  it('uses the version of the last answer for the next batch', async () => {
    const { queue, sent } = await setUp([2, 3])
    queue.change('a', 1)
    await queue.flush()
    queue.change('b', 2)
    await queue.flush()
    expect(sent.map((one) => one.version)).toEqual(['"1"', '"2"'])
  })

  it('keeps what is typed in the browser until it is acknowledged', async () => {
    const { queue, left } = await setUp([2])
    queue.change('a', 1)
    expect(queue.isWriting).toBe(true)
    await vi.advanceTimersByTimeAsync(0)
    expect((await left())?.changes).toMatchObject([{ at: 'a', value: 1 }])
    expect(queue.isWriting).toBe(false)
    await queue.flush()
    expect(await left()).toBeUndefined()
  })

  it('sends what an earlier page left behind', async () => {
    const { sent } = await setUp([2], { changes: [['a', 7]], explanations: [{ rule: 'W01', at: 'a', text: 'because' }] })
    await vi.advanceTimersByTimeAsync(10)
    expect(sent[0]?.patch).toEqual({ changes: [{ at: 'a', value: 7 }], explanations: [{ rule: 'W01', at: 'a', text: 'because' }] })
  })

  it('keeps a value typed while its older one was on the way', async () => {
    let finish: (value: Saved) => void = () => undefined
    const { queue, sent } = await setUp([() => new Promise((resolve) => (finish = resolve)), 3])
    queue.change('a', 1)
    const flushed = queue.flush()
    await vi.advanceTimersByTimeAsync(0)
    queue.change('a', 2)
    finish(saved(2))
    await flushed
    expect(sent.map((one) => one.patch.changes)).toEqual([[{ at: 'a', value: 1 }], [{ at: 'a', value: 2 }]])
    expect(queue.isEmpty).toBe(true)
  })

  it('reads again and repeats its own changes when someone else was faster', async () => {
    const { queue, sent, reload } = await setUp([problem(412), 71])
    queue.change('a', 1)
    expect(await queue.flush()).toBe(true)
    expect(reload).toHaveBeenCalledOnce()
    expect(sent.map((one) => one.version)).toEqual(['"1"', '"v70"'])
    expect(sent[1]?.patch.changes).toEqual([{ at: 'a', value: 1 }])
  })

  it('waits and tries again when nobody answers', async () => {
    const { queue, sent, states } = await setUp([problem(0), problem(503), 2])
    queue.change('a', 1)
    await vi.advanceTimersByTimeAsync(1000)
    expect(states.at(-1)).toBe('offline')
    await vi.advanceTimersByTimeAsync(8000)
    expect(sent).toHaveLength(3)
    expect(states.at(-1)).toBe('saved')
  })

  it('tries at once when the connection is back', async () => {
    const { queue, sent } = await setUp([problem(0), 2])
    queue.change('a', 1)
    await vi.advanceTimersByTimeAsync(800)
    queue.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(sent).toHaveLength(2)
  })

  it('drops the cells the server names and stores the others', async () => {
    const { queue, sent, refused } = await setUp([problem(422, [{ at: 'bad' }]), 2])
    queue.change('bad', 'x')
    queue.change('good', 1)
    expect(await queue.flush()).toBe(true)
    expect(refused).toEqual(['bad'])
    expect(sent[1]?.patch.changes).toEqual([{ at: 'good', value: 1 }])
  })

  it('drops an explanation the server names, and stores the rest', async () => {
    const { queue, sent } = await setUp([problem(422, [{ at: 'explanations/0' }]), 2])
    queue.change('a', 1)
    queue.explain({ rule: 'W99', at: 'a', text: 'x' })
    expect(await queue.flush()).toBe(true)
    expect(sent[1]?.patch).toEqual({ changes: [{ at: 'a', value: 1 }], explanations: [] })
  })

  it('stops on a refusal and keeps what was typed', async () => {
    const { queue, states, left } = await setUp([problem(409)])
    queue.change('a', 1)
    expect(await queue.flush()).toBe(false)
    expect(states.at(-1)).toBe('refused')
    expect(await left()).toMatchObject({ changes: [{ at: 'a', value: 1 }], stopped: { status: 409 } })
  })

  it('forgets the cells of a row that is removed', async () => {
    const { queue, sent } = await setUp([2])
    queue.change('titles/r1/level', 'city')
    queue.change('titles/r1', null)
    await queue.flush()
    expect(sent[0]?.patch.changes).toEqual([{ at: 'titles/r1', value: null }])
  })

  it('sends an unanswered batch again letter by letter, also after a reload, and then what came later', async () => {
    const first = await setUp([problem(0)])
    first.queue.change('a', 1)
    await first.queue.flush()
    first.queue.change('a', 2)
    await vi.advanceTimersByTimeAsync(2_500)
    expect(first.sent.map(({ key, version, patch }) => ({ key, version, at: patch.changes[0]?.value }))).toMatchObject([
      { version: '"1"', at: 1 }, { version: '"1"', at: 1, key: first.sent[0]?.key }, { version: '"99"', at: 2 },
    ])
    const next = await setUp([3], { changes: [['a', 5, null]], batch: { key: 'batch-of-before', version: '"0"' } })
    await vi.advanceTimersByTimeAsync(10)
    expect(next.sent[0]).toMatchObject({ key: 'batch-of-before', version: '"0"', patch: { changes: [{ at: 'a', value: 5 }] } })
  })

  it('leaves the newer value of somebody else when its own batch was in already', async () => {
    const { queue, sent, reload, checks } = await setUp([saved(7, { appliedBefore: true })], { changes: [['a', 5]], batch: { key: 'batch-of-before', version: '"1"' } }, {}, { a: 7 })
    await queue.flush()
    expect([sent.length, reload.mock.calls.length, queue.isEmpty, queue.laidOut()]).toEqual([1, 1, true, { a: 7 }])
    expect(checks).toEqual(['reread'])
  })

  it('merges by cell, and asks where two typed into the same one', async () => {
    const { queue, sent, states } = await setUp([problem(412), 71], null, { a: 1, b: 1 }, { a: 3, b: 1, c: 9 })
    queue.change('a', 2)
    queue.change('b', 5)
    expect(await queue.flush()).toBe(true)
    expect(sent[1]?.patch.changes).toEqual([{ at: 'b', value: 5 }])
    expect(queue.unsent.conflicts).toMatchObject([{ at: 'a', value: 2, theirs: 3, was: 1, by: { name: '张立' } }])
    expect([states.at(-1), queue.laidOut()]).toEqual(['conflict', { a: 2, b: 5, c: 9 }])
    queue.settle('a', 'mine')
    expect(await queue.flush()).toBe(true)
    expect([sent[2]?.patch.changes, states.at(-1)]).toEqual([[{ at: 'a', value: 2 }], 'saved'])
  })

  it('takes the other value when that is chosen, and asks nothing where both typed the same', async () => {
    const { queue, sent } = await setUp([problem(412)], null, { a: 1, b: 1 }, { a: 3, b: 5 })
    queue.change('a', 2)
    queue.change('b', 5)
    await queue.flush()
    queue.settle('a', 'theirs')
    await queue.flush()
    expect([sent.length, queue.laidOut(), queue.unsent.conflicts]).toEqual([1, { a: 3, b: 5 }, []])
  })

  it('asks at once when what an older page left differs from what the server has now', async () => {
    const { queue, sent } = await setUp([], { changes: [['a', 2, 1], ['b', 4, 1]] }, { a: 3, b: 1 })
    await vi.advanceTimersByTimeAsync(10)
    expect(queue.unsent.conflicts).toMatchObject([{ at: 'a', value: 2, theirs: 3 }])
    expect(sent[0]?.patch.changes).toEqual([{ at: 'b', value: 4 }])
  })

  it('reads again when the server’s checksum is not that of its own copy, and is content when it is', async () => {
    vi.useRealTimers()
    const right = await checksumOf({ a: 1 })
    const { queue, reload, checks } = await setUp([saved(2, { checksum: right }), saved(3, { checksum: 'f'.repeat(64) })], null, {}, { a: 1, b: 2 })
    queue.change('a', 1)
    await queue.flush()
    expect([checks, reload.mock.calls.length]).toEqual([['same'], 0])
    queue.change('b', 2)
    await queue.flush()
    expect([checks, reload.mock.calls.length]).toEqual([['same', 'reread'], 1])
  })

  it('goes on from memory when the device takes nothing more, and writes all of it once it does', async () => {
    const { queue, sent } = await setUp([problem(0), 2])
    const { shelf } = (queue as unknown as { options: { shelf: { edit: unknown } } }).options
    const edit = shelf.edit
    shelf.edit = () => Promise.reject(new Error('full'))
    queue.change('a', 1)
    await vi.advanceTimersByTimeAsync(0)
    expect([queue.isWriting, queue.unsent.changes.length]).toEqual([true, 1])
    shelf.edit = edit
    queue.change('b', 2)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(sent.at(-1)?.patch.changes).toEqual([{ at: 'a', value: 1 }, { at: 'b', value: 2 }])
    expect(queue.isWriting).toBe(false)
  })

  it('waits for the person when the sign-in is over or somebody else’s', async () => {
    const { queue, states, left } = await setUp([problem(401), new Problem({ status: 409, code: 'GW-0012', title: 'other' }), 2])
    queue.change('a', 1)
    expect(await queue.flush()).toBe(false)
    expect(states.at(-1)).toBe('signed-out')
    expect(await queue.flush()).toBe(false)
    expect([states.at(-1), (await left())?.stopped]).toEqual(['signed-out', null])
    expect(await queue.flush()).toBe(true)
  })

  it('keeps a text that is no value on the device, through acknowledgements and a reload, and never sends it', async () => {
    const { queue, sent, left, states } = await setUp([2, 3])
    queue.keepTexts([{ at: 'a', text: '12x' }])
    queue.change('b', 1)
    expect(await queue.flush()).toBe(true)
    expect([sent.map(({ patch }) => patch.changes), states.at(-1)]).toEqual([[[{ at: 'b', value: 1 }]], 'saved'])
    expect((await left())?.unfit).toMatchObject([{ at: 'a', text: '12x' }])
    queue.forgetTexts(['a'])
    await vi.advanceTimersByTimeAsync(0)
    expect(await left()).toBeUndefined()
  })

  it('keeps what the server refuses on the device until it is typed anew', async () => {
    const { queue, left } = await setUp([problem(422, [{ at: 'bad' }]), 2, 3])
    queue.change('bad', 'x')
    await queue.flush()
    expect((await left())?.refused).toMatchObject([{ at: 'bad', value: 'x' }])
    queue.change('bad', 'y')
    await queue.flush()
    expect(await left()).toBeUndefined()
  })
})

describe('the one way of writing', () => {
  it('is that of the server', () => {
    expect(canonical({ z: 2, é: 1, Z: 3, a: [true, null, 1.5, { y: '🌾\u200f\u2028\n"\\/', x: -0 }] }))
      .toBe('{"Z":3,"a":[true,null,1.5,{"x":0,"y":"🌾\u200f\u2028\\n\\"\\\\/"}],"z":2,"é":1}')
  })
})
