import { describe, expect, it } from 'vitest'
import type { Assignment, Level, Role } from '@/api/types'
import { workspacesOf } from './session'

const assignment = (role: Role, id: string, levelRoles?: Level[]): Assignment =>
  ({ id: `${role}-${id}`, role, organisation: { id, code: id, nameZh: id, nameEn: id, levelRoles }, validTo: null, delegatedFrom: null, fillsInFrom: null })
const of = (...assignments: Assignment[]) => workspacesOf({ personId: 'p', userName: 'u', displayName: 'n', assignments })

describe('workspaces', () => {
  it('gather the roles of a person at one organisation', () => {
    expect(of(assignment('reporter', 's', ['school']), assignment('approver', 's', ['school']))).toMatchObject([{ roles: ['reporter', 'approver'], level: 'school' }])
  })
  it('keep organisations apart', () => expect(of(assignment('reporter', 'a', ['school']), assignment('reporter', 'b', ['school']))).toHaveLength(2))
  it('know the level by the role when the organisation does not say', () => expect(of(assignment('county-reviewer', 'c'))[0]?.level).toBe('county'))
  it('are none for someone without assignments', () => expect(workspacesOf(null)).toEqual([]))
})
