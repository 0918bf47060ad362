import { describe, expect, it } from 'vitest'
import type { Me, TreeNode } from '@/api/types'
import { actsFor, codeClass, decides, gradeRanges, today } from './treeActs'

const node = (changes: Partial<TreeNode>): TreeNode => ({
  id: 'o', parentId: 'p', path: '/1/2/3/', code: '130102', nameZh: '长安区', nameEn: "Chang'an", levelRoles: ['county'], kind: 'division', schoolType: null, urbanRural: null, runBy: null,
  grades: [], validFrom: '2020-09-01', validTo: null, version: 1, formerCodes: [], successorId: null, ...changes,
})
const administrator = (path: string) => ({ assignments: [{ role: 'administrator', organisation: { id: 'x', code: '1', nameZh: '', nameEn: '', path } }] }) as unknown as Me

describe('grades', () => {
  it('are said as ranges', () => expect([['g3', 'g1', 'g2', 'g5'], ['g10', 'g11', 'g12'], [], ['g1', 'x']].map(gradeRanges)).toEqual(['1–3, 5', '10–12', '', '1, x']))
})

describe('changes of the tree', () => {
  it('offers a school everything', () => expect(actsFor(node({ kind: 'school', levelRoles: ['school'] }))).toEqual(['rename', 'move', 'retype', 'merge', 'split', 'close']))
  it('offers nothing for what is closed', () => expect(actsFor(node({ validTo: '2026-01-01' }))).toEqual([]))
  it('offers the province a name only', () => expect(actsFor(node({ parentId: null, levelRoles: ['province'] }))).toEqual(['rename']))
  it('leaves the decision to the place above', () => {
    expect(decides(administrator('/1/2/'), node({}))).toBe(true)
    expect(decides(administrator('/1/2/3/'), node({}))).toBe(false)
    expect(decides(administrator('/1/4/'), node({}))).toBe(false)
    expect(decides(administrator('/1/'), node({ parentId: null, path: '/1/' }))).toBe(true)
  })
  it('knows when a type needs a new code', () => expect([codeClass('primary'), codeClass('nine-year'), codeClass('junior')]).toEqual(['21', '31', '31']))
  it('counts days as the province does', () => expect(today(Date.UTC(2026, 10, 22, 17))).toBe('2026-11-23'))
})
