import type { ViewTile } from '@/api/types'

/** A board holds so many; the service says the same. */
export const mostTiles = 12

/** The tile takes the place at which another stands, which gives way; beyond the ends there is no place. */
export function moved<Tile>(tiles: readonly Tile[], from: number, to: number): Tile[] {
  const next = [...tiles]
  if (from === to || from < 0 || to < 0 || from >= next.length || to >= next.length) return next
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}

/** As the service takes them: where each stands and how it is shown. */
export const laid = (tiles: readonly ViewTile[]) => tiles.map(({ viewId, show }) => ({ viewId, show }))
