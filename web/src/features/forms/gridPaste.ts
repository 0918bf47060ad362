import type { CellValue, Field } from '@/api/types'
import { gradesFor, isEmpty } from './cells'
import { parseText, type Refusal } from './parse'

export type Why = Refusal | 'outside' | 'read-only' | 'not-asked' | 'rows-full'
export type PastedCell = { at: string; value: CellValue; from?: string }
/** What stays out of the form, where it stood in the block, and why. */
export type LeftOut = { line: number; column: number; text: string; why: Why; at?: string }
export type Pasted = { cells: PastedCell[]; left: LeftOut[]; newRows: string[]; header: boolean }

/** Splits what a spreadsheet puts on the clipboard, quoted cells with line breaks included. */
export function parseBlock(text: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  const endCell = () => {
    rows.at(-1)?.push(cell)
    cell = ''
  }
  const body = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  for (let i = 0; i < body.length; i++) {
    const sign = body[i]
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (body[i + 1] === '"') cell += body[++i]
      else quoted = false
    } else if (sign === '"' && cell === '') quoted = true
    else if (sign === '\t') endCell()
    else if (sign === '\n') {
      endCell()
      rows.push([])
    } else cell += sign
  }
  endCell()
  return rows
}

export const isBlock = (text: string) => /[\t\n]/.test(text.replace(/\r?\n$/, ''))

/** Lays a block on the grade matrix with its upper left corner at one cell. What falls outside is named, not kept. */
export function pasteIntoMatrix(block: string[][], fields: Field[], grades: string[], from: { field: string; grade: string }): Pasted {
  const top = fields.findIndex((field) => field.key === from.field)
  const left = grades.indexOf(from.grade)
  const result: Pasted = { cells: [], left: [], newRows: [], header: false }
  block.forEach((texts, line) =>
    texts.forEach((text, column) => {
      const field = fields[top + line]
      const grade = grades[left + column]
      const why: Why | null = !field || !grade ? 'outside' : field.readOnly ? 'read-only' : gradesFor(field, [grade]).length === 0 ? 'not-asked' : null
      if (why) leave(result, { line, column, text, why })
      else place(result, field!, `${field!.key}/${grade}`, { line, column, text })
    }),
  )
  return result
}

/** Lays a block on repeating rows: rows that are there are written over, new ones follow. A first line of column names is no row. */
export function pasteIntoRows(block: string[][], field: Field, columns: Field[], rowIds: string[], from: { row: string; column: string }): Pasted {
  const left = columns.findIndex((column) => column.key === from.column)
  const heads = readHeads(block[0] ?? [], columns.slice(left))
  const result: Pasted = { cells: [], left: [], newRows: [], header: heads !== null }
  const top = rowIds.includes(from.row) ? rowIds.indexOf(from.row) : rowIds.length
  const known = Math.max(0, ...rowIds.map((id) => Number(/^r(\d+)$/.exec(id)?.[1] ?? 0)))
  block.forEach((texts, line) => {
    if (heads && line === 0) return
    const index = top + line - (heads ? 1 : 0)
    const isNew = index >= rowIds.length
    // A blank line among the others makes no row of its own.
    if (isNew && texts.every((text) => text.trim() === '')) return
    const id = rowIds[index] ?? `r${known + result.newRows.length + 1}`
    const full = field.maxRows != null && rowIds.length + result.newRows.length + (isNew ? 1 : 0) > Math.max(field.maxRows, rowIds.length)
    if (isNew && !full) result.newRows.push(id)
    texts.forEach((text, offset) => {
      const column = columns[left + offset]
      const spot = { line, column: offset, text }
      if (!column || full) leave(result, { ...spot, why: column ? 'rows-full' : 'outside' })
      else place(result, column, `${field.key}/${id}/${column.key}`, spot, heads?.[offset])
    })
  })
  return result
}

/** The units in the brackets of a head such as "面积（亩）", column by column; null when less than half of the line names these columns. */
function readHeads(line: string[], columns: Field[]): string[] | null {
  const heads = line.map((text) => /^(.*?)(?:\s*[（(]([^（()）]*)[)）])?\s*\*?$/.exec(text.trim()) ?? [text, text])
  const named = heads.filter(([, name = ''], index) => name !== '' && [columns[index]?.name.zh, columns[index]?.name.en].includes(name.trim()))
  return named.length > 0 && named.length * 2 >= line.filter((text) => text.trim() !== '').length ? heads.map(([, , unit = '']) => unit) : null
}

type Spot = { line: number; column: number; text: string }

function leave(result: Pasted, one: LeftOut) {
  if (one.text.trim() !== '') result.left.push(one)
}

function place(result: Pasted, field: Field, at: string, spot: Spot, unit?: string) {
  const parsed = parseText(field, spot.text, unit)
  if (!parsed.ok) result.left.push({ ...spot, at, why: parsed.reason })
  // A cell of a new row that has nothing to say needs no change.
  else if (!isEmpty(parsed.value) || !result.newRows.includes(at.split('/')[1] ?? ''))
    result.cells.push(parsed.converted ? { at, value: parsed.value, from: spot.text.trim() + (unit && /[\d０-９.]$/.test(spot.text.trim()) ? unit : '') } : { at, value: parsed.value })
}
