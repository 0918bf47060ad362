import type { ExportFile, ExportFormat, ExportKind } from '@/api/types'

export interface ExportChoice { kind: ExportKind; format: ExportFormat }

/** What there is of a place: a school has its page and its values, and values go only to who may read them in the reports. */
export function choicesOf(isSchool: boolean, readsValues: boolean): ExportChoice[] {
  const ofPlaces: ExportChoice[] = [
    { kind: 'summary', format: 'xlsx' }, { kind: 'summary', format: 'pdf' }, { kind: 'missing', format: 'xlsx' }, { kind: 'missing', format: 'csv' },
    { kind: 'bulletin', format: 'pdf' }, { kind: 'bulletin', format: 'docx' },
  ]
  return [{ kind: 'chart', format: 'pdf' }, ...(isSchool ? [] : ofPlaces), ...(readsValues ? [{ kind: 'values', format: 'csv' } as const] : [])]
}

export const isOpen = (one: ExportFile) => one.state === 'waiting' || one.state === 'running'

/** 0 to 1; a file that does not say how much it is shows no share. */
export const shareOf = (one: ExportFile) => (one.total > 0 ? Math.min(1, one.done / one.total) : null)

/** "12.4 MB": in steps of 1024, as file browsers show it. */
export function sizeOf(bytes: number): { value: number; unit: 'B' | 'KB' | 'MB' | 'GB' } {
  const units = ['B', 'KB', 'MB', 'GB'] as const
  let step = 0
  let value = bytes
  while (value >= 1024 && step < units.length - 1) {
    value /= 1024
    step++
  }
  return { value, unit: units[step]! }
}
