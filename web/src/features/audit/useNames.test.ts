import { describe, expect, it } from 'vitest'
import type { AuditItem } from '@/api/types'
import { aboutOf, peopleOf } from './useNames'

const [a, b] = ['01a2059d-fd6e-7dc4-ab3f-821bdbeb53ae', '01a2059d-fd6e-7dc4-ab3f-821bdbeb53af']
const entry = (changes: Partial<AuditItem>) => ({ seq: 1, at: '2026-11-22T10:00:00Z', act: 'x.y', outcome: 'done', objectKind: 'x', actorId: a, ...changes }) as AuditItem

describe('people of an entry', () => {
  it('are who acted and whom it was done to', () => expect(peopleOf(entry({ objectKind: 'person', objectId: b }))).toEqual([a, b]))
  it('are found in the details of a role', () => expect(aboutOf(entry({ objectKind: 'assignment', objectId: 'r', details: `{"personId":"${b}","role":"reporter"}` }))).toBe(b))
  it('are not other things', () => expect(peopleOf(entry({ objectKind: 'module-report', objectId: b }))).toEqual([a]))
  // One that is no id would have the whole question refused.
  it('are not in a look at a list, whose id is empty', () => expect(peopleOf(entry({ objectKind: 'person', objectId: '' }))).toEqual([a]))
  it('are nobody where the system acted on nobody', () => expect(peopleOf(entry({ actorId: null, details: 'not json' }))).toEqual([]))
  it('are said once when somebody acts on themselves', () => expect(aboutOf(entry({ objectKind: 'person', objectId: a }))).toBeNull())
})
