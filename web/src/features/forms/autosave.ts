import { Problem } from '@/api/problem'
import type { Explanation, Values } from '@/api/types'
import { checksumOf } from '../keeping/checksum'
import { OwnRecord } from '../keeping/ownRecord'
import { exclusively, listen } from '../keeping/pages'
import { ownTexts, typedUnfit, unfitGone } from '../keeping/unfit'
import {
  acknowledged, dissolved, explained, isIdle, isSent, ownCells, rebased, settled, storedWith, takeBatch, typed, allTyped, withoutRefused, type Unsent,
} from '../keeping/unsent'
import type { AutosaveOptions, Fresh, SaveState } from './autosaveOptions'
import { readCell, writeCell } from './cells'

export type { AutosaveOptions, Checked, Fresh, Saved, SaveState } from './autosaveOptions'

const retryDelays = [2_000, 4_000, 8_000, 15_000, 30_000]
const newKey = () => globalThis.crypto?.randomUUID?.() ?? Array.from({ length: 4 }, () => Math.random().toString(36).slice(2, 10)).join('-')
const pageId = newKey()
let stamps = 0

/** Batches cell changes, sends them one batch at a time, and forgets a change only when the server has acknowledged it. */
export class AutosaveQueue {
  private readonly options: AutosaveOptions
  private version: string | number
  private stored: Values
  private readonly record: OwnRecord
  private timer: ReturnType<typeof setTimeout> | null = null
  private sending = false
  private waitingSince = 0
  private failures = 0
  private conflicts = 0
  private stopped = false
  private readonly unlisten: () => void

  constructor(options: AutosaveOptions) {
    this.options = options
    this.version = options.version
    this.stored = options.values
    this.record = new OwnRecord(options.shelf, options.personId, options.moduleReportId, options.where ?? null, pageId)
    this.unlisten = listen((said) => {
      if (said.key !== this.key || said.page === pageId) return
      if (said.stored) [this.version, this.stored] = [said.stored.version, said.stored.values]
      void this.lookAgain()
    })
  }

  /** Takes up what an earlier page, or another one, left behind. */
  async begin() {
    await this.record.lookAgain()
    if (!isIdle(this.own) && !this.own.batch) await this.edit((one) => rebased(one, this.stored))
    await this.nameOthers()
    this.options.onLaidOut?.()
    this.say()
    if (!isSent(this.own)) this.schedule(0)
    return this
  }

  get unsent(): Unsent {
    return this.own
  }

  /** Nothing waits to be sent. */
  get isEmpty() {
    return isSent(this.own)
  }

  /** Typed texts that are no values, by their cells. */
  get texts() {
    return ownTexts(this.own)
  }

  /** Typed, and not even on this device yet: the moment in which closing the page would lose it. */
  get isWriting() {
    return this.record.isWriting
  }

  /** What the server has, as far as this page knows. */
  get server(): Fresh {
    return { version: this.version, values: this.stored }
  }

  /** What the server has, with everything typed here laid over it. */
  laidOut(): Values {
    return ownCells(this.own).reduce((values, { at, value }) => writeCell(values, at, value), this.stored)
  }

  change(at: string, value: unknown) {
    const next = { at, value, was: readCell(this.stored, at), stamp: this.stamp(), typedAt: Date.now() }
    this.changed((one) => typed(one, next))
  }

  /** A paste of thousands of cells is one edit. */
  changeAll(changes: { at: string; value: unknown }[]) {
    const next = changes.map(({ at, value }) => ({ at, value, was: readCell(this.stored, at), stamp: this.stamp(), typedAt: Date.now() }))
    this.changed((one) => allTyped(one, next))
  }

  /** Typed text that is no value: kept beside the queue, never sent. */
  keepTexts(texts: { at: string; text: string }[]) {
    const next = texts.map(({ at, text }) => ({ at, text, was: readCell(this.stored, at), typedAt: Date.now() }))
    void this.edit((one) => typedUnfit(one, next))
  }

  /** Such a text was taken back, and the cell is as the form knew it. */
  forgetTexts(cells: string[]) {
    void this.edit((one) => unfitGone(one, cells))
  }

  explain(explanation: Explanation) {
    const next = { ...explanation, stamp: this.stamp() }
    this.changed((one) => explained(one, next))
  }

  settle(at: string, choice: 'mine' | 'theirs') {
    this.changed((one) => settled(one, at, choice))
    this.options.onLaidOut?.()
  }

  /** The server has something newer than this page: read it, if nothing of one's own is on the way. */
  async catchUp() {
    if (this.isEmpty && !this.sending) await exclusively(this.key, () => this.reread()).catch(() => undefined)
  }

  /** Sends everything now; resolves when nothing is left or the server cannot take it. */
  flush(): Promise<boolean> {
    this.clearTimer()
    return exclusively(this.key, async () => {
      // Another page of the same person may have sent it meanwhile.
      await this.lookAgain()
      this.sending = true
      try {
        while (!this.isEmpty && !this.stopped) if (!(await this.sendBatch())) return false
      } finally {
        this.sending = false
      }
      this.say()
      return this.isEmpty
    })
  }

  /** Try at once: the connection is back, or somebody signed in again. */
  wake() {
    if (!this.isEmpty && !this.stopped) void this.flush()
  }

  retry() {
    this.stopped = false
    return this.flush()
  }

  stop() {
    this.stopped = true
    this.clearTimer()
    this.unlisten()
  }

  private get own() {
    return this.record.own
  }

  private get key() {
    return this.record.key
  }

  private stamp = () => `${pageId}-${++stamps}`

  private changed(how: (one: Unsent) => Unsent) {
    this.stopped = false
    void this.edit(how)
    if (this.failures === 0) this.options.onState('waiting', null)
    if (this.sending || this.failures > 0) return
    const now = Date.now()
    this.waitingSince ||= now
    const { delay = 700, longest = 3_000 } = this.options
    this.schedule(Math.max(0, Math.min(delay, this.waitingSince + longest - now)))
  }

  private edit = (how: (one: Unsent) => Unsent, stored?: Fresh) => this.record.edit(how, stored)

  private async lookAgain() {
    await this.record.lookAgain()
    this.options.onLaidOut?.()
    if (!this.sending && this.failures === 0) this.say()
  }

  private say() {
    if (this.stopped || this.failures > 0) return
    this.options.onState(this.own.conflicts.length > 0 ? 'conflict' : this.isEmpty ? 'saved' : 'waiting', null)
  }

  private schedule(after: number) {
    this.clearTimer()
    this.timer = setTimeout(() => void this.flush(), after)
  }

  private clearTimer() {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private async sendBatch(): Promise<boolean> {
    this.waitingSince = 0
    const key = newKey()
    const { batch } = await this.edit((one) => takeBatch(one, this.version, key))
    if (!batch) return this.isEmpty
    this.options.onState('saving', null)
    try {
      const { saved, etag } = await this.options.send(batch.version, {
        changes: batch.changes.map(({ at, value }) => ({ at, value })),
        explanations: batch.explanations.map(({ rule, at, text }) => ({ rule, at, text })),
      }, batch.key)
      const followed = batch.version === this.version && !saved.appliedBefore
      const mirrored = batch.changes.reduce(storedWith, this.stored)
      const sum = saved.checksum === undefined ? null : await checksumOf(mirrored)
      const same = followed && (sum === null || sum === saved.checksum)
      if (same) [this.version, this.stored] = [etag ?? saved.version, mirrored]
      await this.edit((one) => acknowledged(one, batch.key), same ? { version: this.version, values: this.stored } : undefined)
      ;[this.failures, this.conflicts] = [0, 0]
      if (!same) await this.reread()
      this.options.onSaved(saved, !same ? 'reread' : sum === null ? 'unchecked' : 'same')
      this.say()
      return true
    } catch (error) {
      return this.failed(error)
    }
  }

  private async failed(error: unknown): Promise<boolean> {
    const problem = error instanceof Problem ? error : null
    if (problem?.status === 412 && this.conflicts++ < 8) return this.rebase()
    if (problem?.code === 'RPT-0221') return this.edit(dissolved).then(() => this.rebase())
    if (problem && [400, 413, 422].includes(problem.status)) return this.dropRefused(problem)
    this.failures++
    if (problem?.status === 401 || problem?.code === 'GW-0012') return this.wait('signed-out', problem)
    if (problem && !problem.isTemporary && problem.status !== 412) return this.giveUp(problem)
    return this.wait('offline', problem)
  }

  private wait(state: SaveState, problem: Problem | null) {
    this.options.onState(state, problem)
    this.schedule(retryDelays[Math.min(this.failures, retryDelays.length) - 1] ?? 30_000)
    return false
  }

  private async rebase(): Promise<boolean> {
    await this.edit(dissolved)
    try {
      await this.reread()
      return true
    } catch (error) {
      return this.failed(error)
    }
  }

  private async reread() {
    const fresh = await this.options.reload()
    ;[this.version, this.stored] = [fresh.version, fresh.values]
    await this.edit((one) => rebased(one, fresh.values), fresh)
    await this.nameOthers()
    this.options.onLaidOut?.()
  }

  private async nameOthers() {
    if (!this.own.conflicts.some(({ by }) => by === null)) return
    const edits = await this.options.edits?.(0).catch(() => []) ?? []
    await this.edit((one) => ({ ...one, conflicts: one.conflicts.map((met) => {
      const edit = met.by ? undefined : edits.find(({ cells }) => cells.some((cell) => cell === met.at || met.at.startsWith(`${cell}/`) || cell.startsWith(`${met.at}/`)))
      return edit ? { ...met, by: { name: edit.name, at: edit.savedAt } } : met
    }) }))
  }

  private async dropRefused(problem: Problem): Promise<boolean> {
    const { refused, hopeless } = withoutRefused(this.own, problem.document)
    await this.edit((one) => withoutRefused(one, problem.document).unsent)
    if (hopeless) return this.giveUp(problem)
    this.options.onCellsRefused(refused.map(({ at }) => ({ at, problem })))
    this.say()
    return true
  }

  private async giveUp(problem: Problem): Promise<boolean> {
    this.stopped = true
    this.failures = 0
    // Kept, with the reason: it is listed among what waits until somebody decides.
    await this.edit((one) => ({ ...one, stopped: problem.document }))
    this.options.onState('refused', problem)
    return false
  }
}
