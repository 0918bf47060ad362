import type { Field, Scalar } from '@/api/types'
import { gradesFor } from './cells'
import { parseText } from './parse'

export type PastedCell = { at: string; value: Scalar }
export type Pasted = { cells: PastedCell[]; refused: { at: string; text: string }[]; outside: number }

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

/** Lays a block on the grade matrix with its upper left corner at one cell. Cells outside the matrix are counted, not kept. */
export function pasteIntoMatrix(block: string[][], fields: Field[], grades: string[], from: { field: string; grade: string }): Pasted {
  const top = fields.findIndex((field) => field.key === from.field)
  const left = grades.indexOf(from.grade)
  const result: Pasted = { cells: [], refused: [], outside: 0 }
  block.forEach((line, down) =>
    line.forEach((text, right) => {
      const field = fields[top + down]
      const grade = grades[left + right]
      if (!field || !grade || field.readOnly || field.type === 'choices' || !gradesFor(field, [grade]).length) {
        if (text.trim() !== '') result.outside++
        return
      }
      place(result, field, `${field.key}/${grade}`, text)
    }),
  )
  return result
}

/** Lays a block on repeating rows: existing rows are written over, new ones are made by `rowAt`. */
export function pasteIntoRows(block: string[][], field: Field, columns: Field[], rowIds: string[], from: { row: string; column: string }): Pasted {
  const top = rowIds.indexOf(from.row)
  const left = columns.findIndex((column) => column.key === from.column)
  const result: Pasted = { cells: [], refused: [], outside: 0 }
  const known = Math.max(0, ...rowIds.map((id) => Number(/^r(\d+)$/.exec(id)?.[1] ?? 0)))
  block.forEach((line, down) => {
    const index = top + down
    if (field.maxRows != null && index >= field.maxRows) return void (result.outside += line.length)
    const id = rowIds[index] ?? `r${known + index - rowIds.length + 1}`
    line.forEach((text, right) => {
      const column = columns[left + right]
      if (!column || column.type === 'choices') return void (text.trim() !== '' && result.outside++)
      place(result, column, `${field.key}/${id}/${column.key}`, text)
    })
  })
  return result
}

function place(result: Pasted, field: Field, at: string, text: string) {
  const parsed = parseText(field, text)
  if (parsed.ok) result.cells.push({ at, value: parsed.value })
  else result.refused.push({ at, text })
}
