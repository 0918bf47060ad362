import type { Person, PersonAct, Role } from '@/api/types'

/** What makes sense for this person now, the most needed first. */
export function actsFor(person: Person): PersonAct[] {
  if (!person.mayAct) return []
  if (person.disabledAt) return ['enable']
  const acts: PersonAct[] = [person.hasPassword ? 'reset' : 'invitation']
  if (person.lockedUntil) acts.unshift('unlock')
  if (person.sessions > 0) acts.push('signOut')
  if (person.hasSecondFactor) acts.push('factor')
  return [...acts, 'disable']
}

/** Decisions that cannot wait for the holder's return; administrators' roles are given, not delegated. */
export const delegableRoles: Role[] = ['approver', 'county-reviewer', 'city-supervisor', 'province-owner']

/** Acts that take something away are shown as such. */
export const isGrave = (act: PersonAct) => act === 'disable' || act === 'factor'
