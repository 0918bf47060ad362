import { createHash } from 'node:crypto'

export interface Person { userName: string; password: string }

const person = (userName: string): Person => ({ userName, password: `Plough7-${createHash('sha256').update(userName).digest('base64url').slice(0, 16)}` })

/** The first administrator, made by configuration; everybody else is made through the public API. */
export const administrator = person('administrator')

/** Whoever most cases sign in as; no case changes them. One for each process: six sign-ins of one name at once look like guessing. */
export const reporters = Array.from({ length: 32 }, (_, i) => person(`reporter-${i + 1}`))

export const reporter = reporters[Number(process.env.VITEST_WORKER_ID ?? 0) % reporters.length]!

/** Each of these belongs to the one case that changes or locks them. */
export const others = {
  disabled: person('to-be-disabled'),
  changed: person('to-be-changed'),
  locked: person('to-be-locked'),
  guessed: person('guessed-at-once'),
  timed: person('timed-known'),
  timedLocked: person('timed-locked'),
  timedDisabled: person('timed-disabled'),
  leaving: person('leaving-for-good'),
  loaded: person('under-load'),
  crashing: person('through-a-crash'),
  fixated: person('fixated'),
  victim: person('victim'),
  ending: person('ending-everywhere'),
}

export const sprayed: Person[] = Array.from({ length: 500 }, (_, i) => person(`sprayed-${String(i).padStart(3, '0')}`))
