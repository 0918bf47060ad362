import type { Values } from '@/api/types'
import { readCell } from '../forms/cells'
import { sameCell } from './checksum'
import type { Conflict, Unsent, Waiting } from './unsent'

/** What was typed and is no value of its field ("12x" in a number): never sent, kept until it is corrected or cleared. */
export type Unfit = { at: string; text: string; was: unknown; typedAt: number }

export const unfitIn = (one: Unsent) => one.unfit ?? []

export const rowOf = (at: string) => at.split('/').slice(0, -1).join('/')
const isInRow = (at: string) => at.split('/').length === 3

/** Texts that are no values; at a cell where a choice waits they are one's own side of it. */
export function typedUnfit(one: Unsent, next: Unfit[]): Unsent {
  const newest = new Map(next.map((unfit) => [unfit.at, unfit]))
  const earlier = new Map(unfitIn(one).map((unfit) => [unfit.at, unfit.was]))
  const met = new Set(one.conflicts.map(({ at }) => at))
  return {
    ...one,
    conflicts: one.conflicts.map((conflict) => (newest.has(conflict.at) ? { ...conflict, text: newest.get(conflict.at)?.text } : conflict)),
    unfit: [
      ...unfitIn(one).filter(({ at }) => !newest.has(at)),
      ...[...newest.values()].filter(({ at }) => !met.has(at)).map((unfit) => (earlier.has(unfit.at) ? { ...unfit, was: earlier.get(unfit.at) } : unfit)),
    ],
  }
}

/** Corrected or cleared, or its row is written or removed as a whole. */
export function withoutUnfit(one: Unsent, cells: string[]): Unsent {
  const gone = new Set(cells)
  const isCovered = (at: string) => gone.has(at) || gone.has(rowOf(at))
  if (!unfitIn(one).some(({ at }) => isCovered(at))) return one
  return { ...one, unfit: unfitIn(one).filter(({ at }) => !isCovered(at)) }
}

/** Put back to what the form shows beneath it; where there was a choice that is the other's value, and so it is made. */
export function unfitGone(one: Unsent, cells: string[]): Unsent {
  const conflicts = one.conflicts.filter(({ at, text }) => text === undefined || !cells.includes(at))
  return { ...withoutUnfit(one, cells), conflicts }
}

/** What is stored beneath a text now is its own person's: nothing to choose. */
export const unfitOver = (one: Unsent, stored: Map<string, unknown>) => unfitIn(one).map((unfit) => {
  if (stored.has(unfit.at)) return { ...unfit, was: stored.get(unfit.at) }
  return isInRow(unfit.at) && stored.has(rowOf(unfit.at)) ? { ...unfit, was: cellOfRow(stored.get(rowOf(unfit.at)), unfit.at) } : unfit
})

const cellOfRow = (row: unknown, at: string) => ((row ?? {}) as Record<string, unknown>)[at.slice(at.lastIndexOf('/') + 1)] ?? null

/** A text lies over what the server had when it was typed; where somebody else has changed that since, there is a choice too. */
export function unfitRebased(one: Unsent, kept: Waiting[], conflicts: Conflict[], values: Values): { unfit: Unfit[]; conflicts: Conflict[] } {
  const own = new Set(one.changes.map(({ at }) => at))
  const rows = new Set(kept.filter(({ value }) => value !== null).map(({ at }) => at))
  const met = new Map(conflicts.map((conflict) => [conflict.at, conflict]))
  const unfit: Unfit[] = []
  for (const left of unfitIn(one)) {
    const theirs = readCell(values, left.at)
    const choice = met.get(left.at)
    const rowGone = isInRow(left.at) && readCell(values, rowOf(left.at)) === null && !rows.has(rowOf(left.at))
    if (choice) met.set(left.at, { ...choice, text: left.text })
    // One's own value beneath it waits to be sent, or is stored already.
    else if (own.has(left.at)) unfit.push(kept.some(({ at }) => at === left.at) ? left : { ...left, was: theirs })
    else if (sameCell(theirs, left.was) && !rowGone) unfit.push(left)
    else met.set(left.at, { at: left.at, value: left.was, was: left.was, stamp: `unfit-${left.at}`, typedAt: left.typedAt, theirs, by: null, text: left.text, ...(rowGone && { rowGone }) })
  }
  return { unfit, conflicts: [...met.values()] }
}

/** Texts that are no values, where they were typed: they stand in their cells, over whatever is stored. */
export const ownTexts = (one: Unsent): [at: string, text: string][] =>
  [...unfitIn(one).map(({ at, text }) => [at, text] as const), ...one.conflicts.map(({ at, text }) => [at, text] as const)].filter((pair): pair is [string, string] => pair[1] !== undefined)
