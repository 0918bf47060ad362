import { Problem } from '@/api/problem'
import type { CellChange, Explanation, ValuesPatch, ValuesSaved } from '@/api/types'
import type { Unsaved, UnsavedStore } from './autosaveStore'

export type SaveState = 'saved' | 'waiting' | 'saving' | 'offline' | 'refused'
export type Saved = { saved: ValuesSaved; etag: string | null }

export type AutosaveOptions = {
  version: string | number
  store: UnsavedStore
  send: (version: string | number, patch: ValuesPatch) => Promise<Saved>
  /** Someone else changed the form: read it again and say its version. Own changes are laid over it and sent again. */
  reload: () => Promise<string | number>
  onState: (state: SaveState, problem: Problem | null) => void
  onSaved: (saved: ValuesSaved) => void
  /** The server will not store these cells; they leave the queue and stay marked on the form. */
  onCellsRefused: (refused: { at: string; problem: Problem }[]) => void
  delay?: number
  longest?: number
}

const explanationKey = ({ rule, at }: { rule: string; at: string }) => `${rule}|${at}`
const batchSize = 200
const retryDelays = [2_000, 4_000, 8_000, 15_000, 30_000]

/** Batches cell changes, sends them one batch at a time, and forgets a change only when the server has acknowledged it. */
export class AutosaveQueue {
  private readonly options: AutosaveOptions
  private version: string | number
  private pending = new Map<string, unknown>()
  private pendingExplanations = new Map<string, Explanation>()
  private sending: Promise<void> | null = null
  private timer: ReturnType<typeof setTimeout> | null = null
  private waitingSince = 0
  private failures = 0
  private conflicts = 0
  private stopped = false

  constructor(options: AutosaveOptions) {
    this.options = options
    this.version = options.version
    const kept = options.store.read()
    if (kept) this.restore(kept)
  }

  get unsaved(): Unsaved {
    return {
      changes: [...this.pending].map(([at, value]) => ({ at, value })),
      explanations: [...this.pendingExplanations.values()],
    }
  }

  get isEmpty() {
    return this.pending.size === 0 && this.pendingExplanations.size === 0
  }

  change(at: string, value: unknown) {
    // Removing a row makes whatever was typed into it pointless.
    if (value === null) for (const key of this.pending.keys()) if (key.startsWith(`${at}/`)) this.pending.delete(key)
    this.pending.delete(at)
    this.pending.set(at, value)
    this.changed()
  }

  explain(explanation: Explanation) {
    this.pendingExplanations.set(explanationKey(explanation), explanation)
    this.changed()
  }

  /** Acts outside the queue (complete, reopen) move the version on. */
  moveTo(version: string | number) {
    this.version = version
  }

  get currentVersion() {
    return this.version
  }

  /** Sends everything now; resolves when nothing is left or the server cannot take it. */
  async flush(): Promise<boolean> {
    this.clearTimer()
    await this.sending
    while (!this.isEmpty && !this.stopped) {
      const before = this.failures
      this.sending = this.sendBatch().finally(() => (this.sending = null))
      await this.sending
      if (this.failures > before) return false
    }
    return this.isEmpty
  }

  /** Try at once: the connection is back. */
  wake() {
    if (!this.isEmpty && !this.stopped) void this.flush()
  }

  stop() {
    this.stopped = true
    this.clearTimer()
  }

  private restore(kept: Unsaved) {
    for (const { at, value } of kept.changes) this.pending.set(at, value)
    for (const explanation of kept.explanations) this.pendingExplanations.set(explanationKey(explanation), explanation)
    if (!this.isEmpty) this.schedule(0)
  }

  private changed() {
    this.stopped = false
    this.keep()
    if (this.failures === 0) this.options.onState('waiting', null)
    if (this.sending || this.failures > 0) return
    const now = Date.now()
    this.waitingSince ||= now
    const { delay = 700, longest = 3_000 } = this.options
    this.schedule(Math.max(0, Math.min(delay, this.waitingSince + longest - now)))
  }

  private schedule(after: number) {
    this.clearTimer()
    this.timer = setTimeout(() => void this.flush(), after)
  }

  private clearTimer() {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private keep() {
    this.options.store.write(this.isEmpty ? null : this.unsaved)
  }

  private async sendBatch() {
    this.waitingSince = 0
    const changes: CellChange[] = [...this.pending].slice(0, batchSize).map(([at, value]) => ({ at, value }))
    const explanations = [...this.pendingExplanations.values()].slice(0, batchSize)
    this.options.onState('saving', null)
    try {
      const { saved, etag } = await this.options.send(this.version, { changes, explanations })
      this.acknowledge(changes, explanations)
      this.version = etag ?? saved.version
      this.failures = 0
      this.conflicts = 0
      this.options.onSaved(saved)
      this.options.onState(this.isEmpty ? 'saved' : 'waiting', null)
    } catch (error) {
      await this.failed(error, changes, explanations)
    }
  }

  private acknowledge(changes: CellChange[], explanations: Explanation[]) {
    // A cell typed again while its older value was on the way stays in the queue.
    for (const { at, value } of changes) if (this.pending.get(at) === value) this.pending.delete(at)
    for (const sent of explanations) {
      const key = explanationKey(sent)
      if (this.pendingExplanations.get(key) === sent) this.pendingExplanations.delete(key)
    }
    this.keep()
  }

  private async failed(error: unknown, changes: CellChange[], explanations: Explanation[]) {
    const problem = error instanceof Problem ? error : null
    if (problem?.status === 412 && this.conflicts++ < 5) return this.rebase()
    if (problem && [400, 413, 422].includes(problem.status)) return this.dropRefused(problem, changes, explanations)
    this.failures++
    if (problem && !problem.isTemporary && problem.status !== 412) return this.giveUp(problem)
    this.options.onState('offline', problem)
    const wait = retryDelays[Math.min(this.failures, retryDelays.length) - 1] ?? 30_000
    this.schedule(wait)
  }

  private async rebase() {
    try {
      this.version = await this.options.reload()
    } catch (error) {
      this.failures++
      if (error instanceof Problem && !error.isTemporary) return this.giveUp(error)
      this.options.onState('offline', error instanceof Problem ? error : null)
      this.schedule(retryDelays[0] ?? 2_000)
    }
  }

  private dropRefused(problem: Problem, changes: CellChange[], explanations: Explanation[]) {
    const named = changes.filter(({ at }) => problem.errors.some((one) => one.at === at || at.startsWith(`${one.at}/`) || one.at.startsWith(`${at}/`)))
    const unfit = explanations.filter((_, index) => problem.errors.some((one) => one.at === `explanations/${index}`))
    for (const one of unfit) this.pendingExplanations.delete(explanationKey(one))
    // Nothing named and more than one sent: the batch as a whole is at fault, and sending it again would not help.
    const refused = named.length > 0 || unfit.length > 0 ? named : changes
    if (refused === changes && changes.length !== 1) {
      this.failures++
      return this.giveUp(problem)
    }
    for (const { at } of refused) this.pending.delete(at)
    this.keep()
    this.options.onCellsRefused(refused.map(({ at }) => ({ at, problem })))
    this.options.onState(this.isEmpty ? 'saved' : 'waiting', null)
  }

  private giveUp(problem: Problem | null) {
    this.stopped = true
    this.failures = 0
    this.options.onState('refused', problem)
  }
}
