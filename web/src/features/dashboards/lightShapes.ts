import type { Light } from '@/api/types'

/** A shape for each light, so that colour is never alone; in a square of sixteen. */
export const lightShapes: Record<Light, string> = { green: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z', amber: 'M8 1.5 15 14H1Z', red: 'M2.5 2.5h11v11h-11Z', none: 'M3 7.25h10v1.5H3Z' }
