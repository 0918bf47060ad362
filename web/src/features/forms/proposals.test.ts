import { describe, expect, it } from 'vitest'
import type { Field } from '@/api/types'
import { proposalsOf } from './proposals'

const name = { zh: '', en: '' }
const rooms: Field = { key: 'rooms', name, type: 'integer', prefill: 'previous' }
const lessons: Field = { key: 'lessons', name, type: 'integer' }
const lists: Field = { key: 'lists', name, type: 'boolean', per: 'grade', prefill: 'previous' }
const office: Field = { key: 'office', name, type: 'choice', prefill: 'previous', options: [{ key: 'own', name }] }
const bases: Field = { key: 'bases', name, type: 'rows', prefill: 'previous', columns: [{ key: 'title', name, type: 'text' }, { key: 'km', name, type: 'decimal' }] }
const principal: Field = { key: 'principal', name, type: 'text', prefill: 'previous', dataClass: 'personal' }
const fields = [rooms, lessons, lists, office, bases, principal]
const previous = { rooms: 3, lessons: 9, lists: { g1: true, g2: false, g9: true }, office: 'own', bases: [{ _id: 'r4', title: 'Farm', km: 12, gone: 1 }], principal: '某' }
const offer = (values = {}, dismissed: string[] = [], from: typeof previous | null = previous) => Object.fromEntries(proposalsOf(fields, from, values, ['g1', 'g2'], new Set(dismissed)))

describe('values of the last cycle', () => {
  it('are offered where the field says so and the cell is empty, never a person', () => {
    expect(offer()).toEqual({ rooms: 3, 'lists/g1': true, 'lists/g2': false, office: 'own', 'bases/r4': { _id: 'r4', title: 'Farm', km: 12 } })
    expect(offer({ rooms: 0, lists: { g1: false } })).not.toHaveProperty('rooms')
    expect(offer({ lists: { g1: false } })).not.toHaveProperty('lists/g1')
  })

  it('are not offered when there is no last cycle, nor after a no', () => {
    expect(offer({}, [], null)).toEqual({})
    expect(offer({}, ['rooms', 'bases/r4'])).toEqual({ 'lists/g1': true, 'lists/g2': false, office: 'own' })
  })

  it('are not offered where the form can no longer hold them', () => {
    const changed = { ...previous, rooms: 'three' as unknown as number, office: 'shared' }
    expect(offer({}, [], changed)).not.toHaveProperty('office')
    expect(offer({}, [], changed)).not.toHaveProperty('rooms')
  })

  it('come from a register where the field says so, grade by grade where it knows the grades', () => {
    const day = { source: '学籍系统', asOf: '2026-09-01' }
    const registers = { students: { ...day, value: 80 }, 'students/g1': { ...day, value: 41 }, teachers: { ...day, value: 12 } }
    const pupils: Field = { key: 'pupils', name, type: 'integer', per: 'grade', prefill: 'master.students' }
    const staff: Field = { key: 'staff', name, type: 'integer', prefill: 'master.teachers' }
    const given = (values = {}, dismissed: string[] = []) => Object.fromEntries(proposalsOf([pupils, staff], null, values, ['g1', 'g2'], new Set(dismissed), registers))
    expect(given()).toEqual({ 'pupils/g1': 41, staff: 12 })
    expect(given({ pupils: { g1: 0 } }, ['staff'])).toEqual({})
    expect(Object.fromEntries(proposalsOf([pupils, staff], null, {}, ['g1'], new Set()))).toEqual({})
  })

  it('offer no row that is there already', () => {
    expect(offer({ bases: [{ _id: 'r1', title: 'Farm', km: 12 }] })).not.toHaveProperty('bases/r4')
    expect(offer({ bases: [{ _id: 'r1', title: 'Mill' }] })).toHaveProperty('bases/r4')
  })
})
