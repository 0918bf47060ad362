import type { ProblemDocument } from '@/api/problem'
import type { Explanation, Texts, Values } from '@/api/types'
import { readCell, writeCell } from '../forms/cells'
import { sameCell } from './checksum'
import { rowOf, unfitIn, unfitOver, unfitRebased, withoutUnfit, type Unfit } from './unfit'

/** A cell that was typed and is not stored yet; `was` is what the server had when it was typed. */
export type Waiting = { at: string; value: unknown; was: unknown; stamp: string; typedAt: number }
export type WaitingExplanation = Explanation & { stamp: string }
/** What was sent and not answered: sent again letter by letter until it is, under the same key. */
export type Batch = { key: string; version: string | number; changes: Waiting[]; explanations: WaitingExplanation[] }
/** `text`: one's own side of the choice is no value. `rowGone`: somebody else removed the row it stands in. */
export type Conflict = Waiting & { theirs: unknown; by: { name: string | null; at: string } | null; text?: string; rowGone?: boolean }
export type RefusedCell = { at: string; value: unknown; problem: ProblemDocument }
export type Where = { reportId: string; moduleKey: string; name: Texts; organisation: Texts }

/** Everything of one person in one module report that the server does not have. */
export type Unsent = {
  personId: string
  moduleReportId: string
  where: Where | null
  changes: Waiting[]
  explanations: WaitingExplanation[]
  batch: Batch | null
  conflicts: Conflict[]
  refused: RefusedCell[]
  /** Absent in what an older version of the app left. */
  unfit?: Unfit[]
  /** Why the server takes nothing of it at present: signed meanwhile, the cycle closed, the right gone. */
  stopped: ProblemDocument | null
}

const batchSize = 200

export const nothingUnsent = (personId: string, moduleReportId: string, where: Where | null = null): Unsent =>
  ({ personId, moduleReportId, where, changes: [], explanations: [], batch: null, conflicts: [], refused: [], stopped: null })

/** Nothing that could be sent as it is. */
export const isSent = (one: Unsent) => one.changes.length === 0 && one.explanations.length === 0 && one.batch === null
export const isIdle = (one: Unsent) => isSent(one) && one.conflicts.length === 0 && one.refused.length === 0 && unfitIn(one).length === 0
export const cellsIn = (one: Unsent) => one.changes.length + one.explanations.length + one.conflicts.length + one.refused.length + unfitIn(one).length

const keyOf = ({ rule, at }: { rule: string; at: string }) => `${rule}|${at}`

export function typed(before: Unsent, next: Waiting): Unsent {
  const one = withoutUnfit(before, [next.at])
  const refused = one.refused.filter(({ at }) => at !== next.at)
  // Until a choice is made, typing on changes one's own side of it.
  if (one.conflicts.some(({ at }) => at === next.at)) {
    return { ...one, refused, conflicts: one.conflicts.map((met) => (met.at === next.at ? { ...met, value: next.value, stamp: next.stamp, text: undefined } : met)) }
  }
  const earlier = one.changes.find(({ at }) => at === next.at)
  // Removing a row makes whatever was typed into it pointless.
  const left = one.changes.filter(({ at }) => at !== next.at && !(next.value === null && at.startsWith(`${next.at}/`)))
  return { ...one, refused, stopped: null, changes: [...left, earlier ? { ...next, was: earlier.was } : next] }
}

/** Many at once; the same as one after another, without looking through the queue for each. */
export function allTyped(before: Unsent, next: Waiting[]): Unsent {
  const one = withoutUnfit(before, next.map(({ at }) => at))
  const newest = new Map(next.map((waiting) => [waiting.at, waiting]))
  const met = new Set(one.conflicts.map(({ at }) => at))
  const earlier = new Map(one.changes.map((change) => [change.at, change.was]))
  const removed = new Set(next.filter(({ value }) => value === null).map(({ at }) => at))
  const isWithin = (at: string) => removed.has(at.slice(0, at.lastIndexOf('/')))
  return {
    ...one,
    stopped: null,
    refused: one.refused.filter(({ at }) => !newest.has(at)),
    conflicts: one.conflicts.map((conflict) => (newest.has(conflict.at) ? { ...conflict, value: newest.get(conflict.at)?.value, text: undefined } : conflict)),
    changes: [
      ...one.changes.filter(({ at }) => !newest.has(at) && !isWithin(at)),
      ...[...newest.values()].filter(({ at }) => !met.has(at)).map((waiting) => (earlier.has(waiting.at) ? { ...waiting, was: earlier.get(waiting.at) } : waiting)),
    ],
  }
}

export function explained(one: Unsent, next: WaitingExplanation): Unsent {
  return { ...one, stopped: null, explanations: [...one.explanations.filter((other) => keyOf(other) !== keyOf(next)), next] }
}

export function takeBatch(one: Unsent, version: string | number, key: string): Unsent {
  if (one.batch || isSent(one)) return one
  return { ...one, batch: { key, version, changes: one.changes.slice(0, batchSize), explanations: one.explanations.slice(0, batchSize) } }
}

export function acknowledged(one: Unsent, key: string): Unsent {
  const batch = one.batch
  if (batch?.key !== key) return one
  const stamps = new Set([...batch.changes, ...batch.explanations].map(({ stamp }) => stamp))
  const stored = new Map(batch.changes.map(({ at, value }) => [at, value]))
  return {
    ...one,
    batch: null,
    stopped: null,
    // A cell typed again while its older value was on the way stays, and has that older value beneath it now.
    changes: one.changes.filter(({ stamp }) => !stamps.has(stamp)).map((left) => (stored.has(left.at) ? { ...left, was: stored.get(left.at) } : left)),
    explanations: one.explanations.filter(({ stamp }) => !stamps.has(stamp)),
    unfit: unfitOver(one, stored),
  }
}

/** The server did not take the batch and never will: it was made on a version that is past. */
export const dissolved = (one: Unsent): Unsent => (one.batch ? { ...one, batch: null } : one)

/** Laid over what the server has now: cells nobody else touched stay in the queue, the others ask for a choice. */
export function rebased(one: Unsent, values: Values): Unsent {
  if (one.batch) return one
  const kept: Waiting[] = []
  const met: Conflict[] = []
  for (const change of one.changes) {
    const theirs = readCell(values, change.at)
    if (sameCell(theirs, change.value)) continue
    if (sameCell(theirs, change.was)) kept.push(change)
    else met.push({ ...change, theirs, by: null })
  }
  const before = one.conflicts.map((conflict) => {
    const theirs = readCell(values, conflict.at)
    return sameCell(theirs, conflict.theirs) ? conflict : { ...conflict, theirs, by: null }
  }).filter(({ theirs, value, text }) => text !== undefined || !sameCell(theirs, value))
  return { ...one, changes: kept, ...unfitRebased(one, kept, [...before, ...met], values) }
}

export function settled(one: Unsent, at: string, choice: 'mine' | 'theirs'): Unsent {
  const conflict = one.conflicts.find((met) => met.at === at)
  if (!conflict) return one
  const conflicts = one.conflicts.filter((met) => met !== conflict)
  if (choice === 'theirs') return { ...one, conflicts }
  const { value, theirs, stamp, typedAt, text, rowGone } = conflict
  if (text !== undefined) {
    // A text needs a cell to stand in until it is corrected: its row comes back for it, once.
    const row = { at: rowOf(at), value: {}, was: null, stamp: `${stamp}-row`, typedAt }
    const changes = rowGone && !one.changes.some((change) => change.at === row.at) ? [...one.changes, row] : one.changes
    return { ...one, conflicts, changes, unfit: [...unfitIn(one), { at, text, was: theirs, typedAt }] }
  }
  return { ...one, conflicts, changes: [...one.changes, { at, value, was: theirs, stamp, typedAt }] }
}

/** The server names cells it will not store: they leave the queue and stay on this device until they are typed anew or given up. */
export function withoutRefused(one: Unsent, problem: ProblemDocument): { unsent: Unsent; refused: RefusedCell[]; hopeless: boolean } {
  const { changes = [], explanations = [] } = one.batch ?? {}
  const errors = problem.errors ?? []
  const named = changes.filter(({ at }) => errors.some((error) => error.at === at || at.startsWith(`${error.at}/`) || error.at.startsWith(`${at}/`)))
  const unfit = explanations.filter((_, index) => errors.some((error) => error.at === `explanations/${index}`))
  // Nothing named and more than one sent: the batch as a whole is at fault, and sending it again would not help.
  const blamed = named.length > 0 || unfit.length > 0 ? named : changes
  if (blamed === changes && changes.length !== 1) return { unsent: dissolved(one), refused: [], hopeless: true }
  const gone = new Set([...blamed, ...unfit].map(({ stamp }) => stamp))
  const refused = blamed.map(({ at, value }) => ({ at, value, problem }))
  return {
    hopeless: false,
    refused,
    unsent: {
      ...one,
      batch: null,
      changes: one.changes.filter(({ stamp }) => !gone.has(stamp)),
      explanations: one.explanations.filter(({ stamp }) => !gone.has(stamp)),
      refused: [...one.refused.filter(({ at }) => !refused.some((other) => other.at === at)), ...refused],
    },
  }
}

/** What the person has typed, also where it waits for a choice or was refused. */
export const ownCells = (one: Unsent): { at: string; value: unknown }[] => [...one.changes, ...one.conflicts.filter(({ text }) => text === undefined), ...one.refused]

/** As the server stores it: a table or a line of grades that holds nothing is not there. */
export function storedWith(values: Values, { at, value }: { at: string; value: unknown }): Values {
  const next = writeCell(values, at, value)
  const field = at.split('/')[0] ?? at
  if (field === at || Object.keys((next[field] ?? {}) as object).length > 0) return next
  return Object.fromEntries(Object.entries(next).filter(([key]) => key !== field))
}
