import { describe, expect, it } from 'vitest'
import type { Field } from '@/api/types'
import { editOf, fillOf, stillThere } from './blockEdit'
import { isBlock, parseBlock, pasteIntoMatrix, pasteIntoRows } from './gridPaste'

const name = { zh: '', en: '' }
const classes: Field = { key: 'classes', name, type: 'integer', per: 'grade' }
const offered: Field = { key: 'offered', name, type: 'boolean', per: 'grade' }
const late: Field = { key: 'late', name, type: 'integer', per: 'grade', grades: ['g2'] }
const grades = ['g1', 'g2', 'g3']

describe('a pasted block', () => {
  it('is split by tabs and lines', () => expect(parseBlock('1\t2\r\n3\t4\r\n')).toEqual([['1', '2'], ['3', '4']]))
  it('keeps quoted tabs, lines and quotes', () => expect(parseBlock('"a\nb"\t"say ""hi"""')).toEqual([['a\nb', 'say "hi"']]))
  it('keeps empty cells', () => expect(parseBlock('\t2\t')).toEqual([['', '2', '']]))
  it('is a block only with more than one cell', () => {
    expect(isBlock('12\n')).toBe(false)
    expect(isBlock('1\t2')).toBe(true)
    expect(isBlock('1\n2')).toBe(true)
  })
})

describe('pasting into the grade matrix', () => {
  it('starts at the chosen cell and reads each row by its field', () => {
    const pasted = pasteIntoMatrix([['3', '4'], ['是', '否']], [classes, offered], grades, { field: 'classes', grade: 'g2' })
    expect(pasted.cells).toEqual([
      { at: 'classes/g2', value: 3 }, { at: 'classes/g3', value: 4 }, { at: 'offered/g2', value: true }, { at: 'offered/g3', value: false }])
  })

  it('counts what falls outside, and grades a field does not ask for', () => {
    const pasted = pasteIntoMatrix([['1', '2', '3', '4']], [late], grades, { field: 'late', grade: 'g1' })
    expect(pasted.cells).toEqual([{ at: 'late/g2', value: 2 }])
    expect(pasted.left.map((one) => one.why)).toEqual(['not-asked', 'not-asked', 'outside'])
  })

  it('names the cells it could not read', () => {
    const pasted = pasteIntoMatrix([['many']], [classes], grades, { field: 'classes', grade: 'g1' })
    expect(pasted.left).toEqual([{ at: 'classes/g1', text: 'many', line: 0, column: 0, why: 'number' }])
  })

  it('clears cells with empty ones', () => {
    expect(pasteIntoMatrix([['']], [classes], grades, { field: 'classes', grade: 'g1' }).cells).toEqual([{ at: 'classes/g1', value: null }])
  })
})

describe('pasting into repeating rows', () => {
  const columns: Field[] = [{ key: 'title', name, type: 'text' }, { key: 'size', name, type: 'decimal' }]
  const field: Field = { key: 'rooms', name, type: 'rows', columns, maxRows: 3 }

  it('writes over rows that are there and makes new ones', () => {
    const pasted = pasteIntoRows([['A', '1'], ['B', '2.5']], field, columns, ['r4'], { row: 'r4', column: 'title' })
    expect(pasted.cells.map((one) => one.at)).toEqual(['rooms/r4/title', 'rooms/r4/size', 'rooms/r5/title', 'rooms/r5/size'])
  })

  it('stops at the most rows allowed', () => {
    const pasted = pasteIntoRows([['A'], ['B'], ['C'], ['D']], field, columns, ['r1'], { row: 'r1', column: 'title' })
    expect(pasted.cells).toHaveLength(3)
    expect(pasted.left).toEqual([{ text: 'D', line: 3, column: 0, why: 'rows-full' }])
    expect(pasted.newRows).toEqual(['r2', 'r3'])
  })

  it('takes a line of column names for what it is, and its units with it', () => {
    const area: Field = { key: 'size', name: { zh: '面积', en: 'Area' }, type: 'decimal', unit: { zh: '平方米', en: 'm²' } }
    const named: Field[] = [{ key: 'title', name: { zh: '名称', en: 'Name' }, type: 'text' }, area]
    const pasted = pasteIntoRows([['名称', '面积（亩）'], ['A', '3'], ['', ''], ['B', '60 ㎡']], { ...field, columns: named }, named, [], { row: 'r1', column: 'title' })
    expect(pasted.header).toBe(true)
    expect(pasted.newRows).toEqual(['r1', 'r2'])
    expect(pasteIntoRows([['名称', '3']], { ...field, columns: named }, named, [], { row: 'r1', column: 'title' }).header).toBe(true)
    expect(pasteIntoRows([['某室', '3']], { ...field, columns: named }, named, [], { row: 'r1', column: 'title' }).header).toBe(false)
    expect(pasted.cells.filter((one) => one.at.endsWith('size'))).toEqual([{ at: 'rooms/r1/size', value: 2000, from: '3亩' }, { at: 'rooms/r2/size', value: 60 }])
  })
})

describe('a large block of numbers with text among them', () => {
  const wide: Field[] = Array.from({ length: 50 }, (_, index) => ({ key: `c${index}`, name, type: 'decimal', unit: { zh: '元', en: 'yuan' } }))
  const table: Field = { key: 'table', name, type: 'rows', columns: wide, maxRows: 500 }
  const block = Array.from({ length: 500 }, (_, line) => wide.map((_, column) => column === 7 ? '见附件' : column === 8 ? '１，２３４．５' : column === 9 ? '1.1万元' : `${line * 50 + column}`))
  const pasted = pasteIntoRows(block, table, wide, [], { row: '', column: 'c0' })

  it('keeps every number, and names every text it left out', () => {
    expect([pasted.cells.length, pasted.left.length, pasted.newRows.length]).toEqual([500 * 49, 500, 500])
    expect(new Set(pasted.left.map((one) => one.why))).toEqual(new Set(['number']))
    expect(pasted.cells.filter((one) => one.at === 'table/r500/c8' || one.at === 'table/r500/c9')).toEqual([
      { at: 'table/r500/c8', value: 1234.5 }, { at: 'table/r500/c9', value: 11000, from: '1.1万元' }])
  })

  it('is one change a row', () => {
    const edit = editOf('paste', {}, pasted)
    expect(edit.changes).toHaveLength(500)
    expect(edit.undo).toHaveLength(500)
    expect(edit.converted).toHaveLength(500)
  })
})

describe('an edit of many cells', () => {
  const values = { classes: { g1: 3, g2: 5 } }

  it('tells new, overwritten, cleared and equal cells apart, and knows the way back', () => {
    const pasted = pasteIntoMatrix([['3', '', '9']], [classes], grades, { field: 'classes', grade: 'g1' })
    const edit = editOf('paste', values, pasted)
    expect(edit).toMatchObject({ same: 1, cleared: 1, written: 1, overwritten: 0 })
    expect(edit.undo).toEqual([{ at: 'classes/g3', value: null }, { at: 'classes/g2', value: 5 }])
  })

  it('fills the empty cells after one, or an empty one from the cell before', () => {
    const line = ['classes/g1', 'classes/g2', 'classes/g3']
    expect(fillOf(values, line, 'classes/g1')?.changes).toEqual([{ at: 'classes/g3', value: 3 }])
    expect(fillOf(values, line, 'classes/g3')?.changes).toEqual([{ at: 'classes/g3', value: 5 }])
    expect(fillOf({}, line, 'classes/g1')).toBeNull()
  })

  it('is taken back where nothing was typed since: cells, new rows, and refused cells get back what stood there', () => {
    const columns: Field[] = [{ key: 'title', name, type: 'text' }, { key: 'size', name, type: 'integer' }]
    const field: Field = { key: 'rooms', name, type: 'rows', columns }
    const before = { rooms: [{ _id: 'r1', title: 'A', size: 1 }] }
    const pasted = pasteIntoRows([['B', 'x'], ['C', '3'], ['D', '4']], field, columns, ['r1'], { row: 'r1', column: 'title' })
    const edit = editOf('paste', before, pasted)
    const after = { rooms: [{ _id: 'r1', title: 'B', size: 1 }, { _id: 'r2', title: 'C', size: 3 }, { _id: 'r3', title: 'D', size: 4 }] }
    expect(stillThere(after, edit)).toEqual([
      { at: 'rooms/r3', value: null }, { at: 'rooms/r2', value: null }, { at: 'rooms/r1/title', value: 'A' }, { at: 'rooms/r1/size', value: 1 }])
    after.rooms[1]!.title = 'typed since'
    expect(stillThere(after, edit).map(({ at }) => at)).toEqual(['rooms/r3', 'rooms/r1/title', 'rooms/r1/size'])
  })
})
