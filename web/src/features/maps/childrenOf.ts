import type { Light, Matrix, NodeChild } from '@/api/types'

/** The rows of a matrix as what a page knows its places by; what does not apply somewhere is left out, as there. */
export const childrenOf = (matrix: Matrix): NodeChild[] => matrix.places.map((row) => ({
  organisation: { id: row.id, code: row.code, nameZh: row.nameZh, nameEn: row.nameEn, levelRoles: row.levelRoles },
  completeness: row.completeness, index: row.index, areas: row.areas,
  figures: Object.fromEntries(matrix.indicators.flatMap(({ id }, column) =>
    row.lights[column] === 'absent' ? [] : [[id, { value: row.values[column] ?? null, light: row.lights[column] as Light }]])),
}) as NodeChild)
