import type { SetAsideCell } from '@/api/types'

/** A value of a form that is gone, as people read it. */
export function asideText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asideText).join('、')
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).filter(([key]) => key !== '_id').map(([key, part]) => `${key}: ${asideText(part)}`).join('; ')
  }
  return typeof value === 'boolean' ? (value ? '✓' : '✗') : String(value ?? '')
}

const quoted = (text: string) => {
  // A sheet would take these for formulas.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

/** For a sheet: the mark in front lets Excel and WPS read Chinese. */
export const asideCsv = (cells: SetAsideCell[]) => `\uFEFF${[
  ['cell', 'nameZh', 'nameEn', 'value', 'version', 'setAsideAt'],
  ...cells.map((cell) => [cell.at, cell.name.zh, cell.name.en, asideText(cell.value), cell.programmeVersion, cell.setAsideAt]),
].map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`
