import type { Explanation } from '@/api/types'
import type { AutosaveQueue } from './autosave'
import { leftKey, readLeft, type Left } from './left'

/** What typing asks of a queue. */
export type Typing = Pick<AutosaveQueue, 'change' | 'changeAll' | 'keepTexts' | 'forgetTexts' | 'explain'>

/**
 * What is typed before the queue is there: for the queue, and beside that in the browser's plain store, so that a tab that is closed in this
 * moment loses nothing (`takeOver` finds it at the next visit).
 */
export class FirstTyping implements Typing {
  private acts: ((queue: Typing) => void)[] = []

  constructor(private readonly personId: string, private readonly moduleReportId: string, private readonly was: (at: string) => unknown) {}

  /** Nothing that only this has. */
  get isEmpty() {
    return this.acts.length === 0
  }

  change(at: string, value: unknown) {
    this.changeAll([{ at, value }])
  }

  changeAll(changes: { at: string; value: unknown }[]) {
    const cells = new Set(changes.map(({ at }) => at))
    this.keep((queue) => queue.changeAll(changes), (left) => ({
      ...withoutTexts(left, cells),
      changes: [...left.changes.filter(({ at }) => !cells.has(at)), ...changes.map(({ at, value }) => ({ at, value, was: this.was(at) ?? null }))],
    }))
  }

  keepTexts(texts: { at: string; text: string }[]) {
    const cells = new Set(texts.map(({ at }) => at))
    this.keep((queue) => queue.keepTexts(texts), (left) => {
      const others = withoutTexts(left, cells)
      return { ...others, texts: [...(others.texts ?? []), ...texts.map(({ at, text }) => ({ at, text, was: this.was(at) ?? null }))] }
    })
  }

  forgetTexts(cells: string[]) {
    this.keep((queue) => queue.forgetTexts(cells), (left) => withoutTexts(left, new Set(cells)))
  }

  explain(explanation: Explanation) {
    const isOther = ({ rule, at }: Explanation) => rule !== explanation.rule || at !== explanation.at
    this.keep((queue) => queue.explain(explanation), (left) => ({ ...left, explanations: [...left.explanations.filter(isOther), explanation] }))
  }

  handOver(queue: Typing) {
    for (const act of this.acts.splice(0)) act(queue)
  }

  /** The queue has written it where queues lie. */
  forget() {
    this.store((storage) => storage.removeItem(this.key))
  }

  private keep(act: (queue: Typing) => void, how: (left: Left) => Left) {
    this.acts.push(act)
    this.store((storage) => storage.setItem(this.key, JSON.stringify(how(readLeft(storage, this.key) ?? { changes: [], explanations: [] }))))
  }

  private store(change: (storage: Storage) => void) {
    try {
      change(localStorage)
    } catch {
      // A full or forbidden store: the page itself has it until the queue is there.
    }
  }

  private get key() {
    return leftKey(this.personId, this.moduleReportId)
  }
}

const withoutTexts = (left: Left, cells: Set<string>): Left => (left.texts ? { ...left, texts: left.texts.filter(({ at }) => !cells.has(at)) } : left)
