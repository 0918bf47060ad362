// The cartogram: every division one equal tile, placed roughly as on the map, with room left where Beijing and Tianjin are. No
// shapes means no map approval to ask for, and small counties are as visible as large ones. scripts/cartogram.mjs places them.
import placed from './tiles.json'

export type Tile = { code: string; label: string; column: number; row: number }
type Placed = [code: string, label: string, column: number, row: number]

const tile = ([code, label, column, row]: Placed): Tile => ({ code, label, column, row })

/** The 14 units of the city level. */
export const unitTiles = (placed.units as Placed[]).map(tile)

/** The 167 county-level divisions, by unit of the city level. */
export const countyTiles = Object.entries(placed.counties as unknown as Record<string, Placed[]>).map(([unit, tiles]) => ({ unit, tiles: tiles.map(tile) }))

const unitsOfCounties = new Map(countyTiles.flatMap(({ unit, tiles }) => tiles.map(({ code }) => [code, unit] as const)))
/** The unit of the city level that supervises a county; of such a unit itself, the unit. */
export const unitOf = (code: string) => unitsOfCounties.get(code) ?? code

/** The sides of a tile where another unit begins, for the line between cities. */
export function borders(tiles: Tile[]): { column: number; row: number; side: 'right' | 'below' }[] {
  const unitAt = new Map(tiles.map((one) => [`${one.column},${one.row}`, unitOf(one.code)] as const))
  return tiles.flatMap(({ code, column, row }) => {
    const [right, below] = [unitAt.get(`${column + 1},${row}`), unitAt.get(`${column},${row + 1}`)]
    const differs = (other: string | undefined) => other !== undefined && other !== unitOf(code)
    return [...(differs(right) ? [{ column, row, side: 'right' as const }] : []), ...(differs(below) ? [{ column, row, side: 'below' as const }] : [])]
  })
}
