import type { Field, RegisterFigure } from '@/api/types'

/** What registers say of this organisation: by key, or by key/grade. */
export type Registers = Readonly<Record<string, RegisterFigure>>

/** The register a field's first values come from. */
export const registerKeyOf = (field: Field | undefined): string | null => (field?.prefill?.startsWith('master.') ? field.prefill.slice('master.'.length) : null)

/** What a register says of one cell; of a field by grade only where it knows the grade. */
export function registerAt(field: Field | undefined, at: string, registers: Registers | null): RegisterFigure | null {
  const key = registerKeyOf(field)
  if (key === null || !registers) return null
  const grade = at.split('/')[1]
  return registers[field?.per === 'grade' && grade ? `${key}/${grade}` : key] ?? null
}
