import { describe, expect, it } from 'vitest'
import type { Person } from '@/api/types'
import { actsFor } from './personActs'

const person = (changes: Partial<Person>): Person => ({
  id: 'p', userName: 'u', displayName: 'n', assignments: [], assignmentCount: 0, hasPassword: true, hasSecondFactor: false, lockedUntil: null, disabledAt: null, lastSignInAt: null, signInsKeptSince: '2026-09-01T00:00:00Z', sessions: 0, mayAct: true, ...changes,
})

describe('acts of the desk', () => {
  it('offers an invitation until there is a password', () => expect(actsFor(person({ hasPassword: false }))).toEqual(['invitation', 'disable']))
  it('offers to unlock first', () => expect(actsFor(person({ lockedUntil: '2026-11-22T08:00:00Z' }))[0]).toBe('unlock'))
  it('ends sessions and removes the second factor only where there are some', () =>
    expect(actsFor(person({ sessions: 2, hasSecondFactor: true }))).toEqual(['reset', 'signOut', 'factor', 'disable']))
  it('offers nothing but enabling for a disabled account', () => expect(actsFor(person({ disabledAt: '2026-11-22T08:00:00Z', sessions: 1 }))).toEqual(['enable']))
  it('offers nothing where the desk may not act', () => expect(actsFor(person({ mayAct: false }))).toEqual([]))
})
