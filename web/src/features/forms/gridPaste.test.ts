import { describe, expect, it } from 'vitest'
import type { Field } from '@/api/types'
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
    expect(pasted.outside).toBe(3)
  })

  it('names the cells it could not read', () => {
    const pasted = pasteIntoMatrix([['many']], [classes], grades, { field: 'classes', grade: 'g1' })
    expect(pasted.refused).toEqual([{ at: 'classes/g1', text: 'many' }])
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
    expect(pasted.outside).toBe(1)
  })
})
