import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '@/api/problem'
import type { ValuesPatch } from '@/api/types'
import { AutosaveQueue, type Saved, type SaveState } from './autosave'
import type { Unsaved } from './autosaveStore'

const saved = (version: number): Saved => ({ saved: { version, savedAt: '2026-11-22T06:03:21Z', state: 'draft', results: [], completion: 0.5 }, etag: `"${version}"` })
const problem = (status: number, errors: { at: string }[] = []) =>
  new Problem({ status, code: 'RPT-1', title: 'no', errors: errors.map(({ at }) => ({ at, code: 'type', messages: { zh: '', en: '' } })) })

function setUp(answers: (number | Problem | (() => Promise<Saved>))[], kept: Unsaved | null = null) {
  const sent: { version: string | number; patch: ValuesPatch }[] = []
  const states: SaveState[] = []
  const refused: string[] = []
  const store = { kept, read: () => store.kept, write: (next: Unsaved | null) => void (store.kept = next) }
  const reload = vi.fn(() => Promise.resolve('"70"'))
  const queue = new AutosaveQueue({
    version: '"1"', store, reload,
    send: async (version, patch) => {
      sent.push({ version, patch })
      const answer = answers.shift() ?? 99
      if (answer instanceof Problem) throw answer
      return typeof answer === 'number' ? saved(answer) : answer()
    },
    onState: (state) => states.push(state),
    onSaved: () => undefined,
    onCellsRefused: (cells) => refused.push(...cells.map(({ at }) => at)),
  })
  return { queue, sent, states, store, reload, refused }
}

describe('autosave', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('sends one batch for a burst of typing', async () => {
    const { queue, sent, states } = setUp([2])
    queue.change('boarders', 1)
    queue.change('boarders', 12)
    queue.change('classes/g1', 3)
    await vi.advanceTimersByTimeAsync(1000)
    expect(sent).toEqual([{ version: '"1"', patch: { changes: [{ at: 'boarders', value: 12 }, { at: 'classes/g1', value: 3 }], explanations: [] } }])
    expect(states.at(-1)).toBe('saved')
  })

  it('does not wait for ever while someone types on', async () => {
    const { queue, sent } = setUp([2, 3])
    for (let i = 0; i < 10; i++) {
      queue.change('boarders', i)
      await vi.advanceTimersByTimeAsync(500)
    }
    expect(sent.length).toBeGreaterThanOrEqual(1)
  })

  it('uses the version of the last answer for the next batch', async () => {
    const { queue, sent } = setUp([2, 3])
    queue.change('a', 1)
    await queue.flush()
    queue.change('b', 2)
    await queue.flush()
    expect(sent.map((one) => one.version)).toEqual(['"1"', '"2"'])
  })

  it('keeps what is typed in the browser until it is acknowledged', async () => {
    const { queue, store } = setUp([2])
    queue.change('a', 1)
    expect(store.kept?.changes).toEqual([{ at: 'a', value: 1 }])
    await queue.flush()
    expect(store.kept).toBeNull()
  })

  it('sends what an earlier page left behind', async () => {
    const { sent } = setUp([2], { changes: [{ at: 'a', value: 7 }], explanations: [{ rule: 'W01', at: 'a', text: 'because' }] })
    await vi.advanceTimersByTimeAsync(10)
    expect(sent[0]?.patch).toEqual({ changes: [{ at: 'a', value: 7 }], explanations: [{ rule: 'W01', at: 'a', text: 'because' }] })
  })

  it('keeps a value typed while its older one was on the way', async () => {
    let finish: (value: Saved) => void = () => undefined
    const { queue, sent } = setUp([() => new Promise((resolve) => (finish = resolve)), 3])
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
    const { queue, sent, reload } = setUp([problem(412), 71])
    queue.change('a', 1)
    expect(await queue.flush()).toBe(true)
    expect(reload).toHaveBeenCalledOnce()
    expect(sent.map((one) => one.version)).toEqual(['"1"', '"70"'])
    expect(sent[1]?.patch.changes).toEqual([{ at: 'a', value: 1 }])
  })

  it('waits and tries again when nobody answers', async () => {
    const { queue, sent, states } = setUp([problem(0), problem(503), 2])
    queue.change('a', 1)
    await vi.advanceTimersByTimeAsync(1000)
    expect(states.at(-1)).toBe('offline')
    await vi.advanceTimersByTimeAsync(8000)
    expect(sent).toHaveLength(3)
    expect(states.at(-1)).toBe('saved')
  })

  it('tries at once when the connection is back', async () => {
    const { queue, sent } = setUp([problem(0), 2])
    queue.change('a', 1)
    await vi.advanceTimersByTimeAsync(800)
    queue.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(sent).toHaveLength(2)
  })

  it('drops the cells the server names and stores the others', async () => {
    const { queue, sent, refused } = setUp([problem(422, [{ at: 'bad' }]), 2])
    queue.change('bad', 'x')
    queue.change('good', 1)
    expect(await queue.flush()).toBe(true)
    expect(refused).toEqual(['bad'])
    expect(sent[1]?.patch.changes).toEqual([{ at: 'good', value: 1 }])
  })

  it('drops an explanation the server names, and stores the rest', async () => {
    const { queue, sent } = setUp([problem(422, [{ at: 'explanations/0' }]), 2])
    queue.change('a', 1)
    queue.explain({ rule: 'W99', at: 'a', text: 'x' })
    expect(await queue.flush()).toBe(true)
    expect(sent[1]?.patch).toEqual({ changes: [{ at: 'a', value: 1 }], explanations: [] })
  })

  it('stops on a refusal and keeps what was typed', async () => {
    const { queue, states, store } = setUp([problem(409)])
    queue.change('a', 1)
    expect(await queue.flush()).toBe(false)
    expect(states.at(-1)).toBe('refused')
    expect(store.kept?.changes).toHaveLength(1)
  })

  it('forgets the cells of a row that is removed', async () => {
    const { queue, sent } = setUp([2])
    queue.change('titles/r1/level', 'city')
    queue.change('titles/r1', null)
    await queue.flush()
    expect(sent[0]?.patch.changes).toEqual([{ at: 'titles/r1', value: null }])
  })
})
