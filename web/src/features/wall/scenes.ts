/** What a wall shows, in turn: the whole, where it is red, how places compare, how it moves; in a county which school owes what. */
export type Scene = 'whole' | 'heat' | 'behind' | 'spread' | 'progress'

/** One turn of the show: a scene, or a page of one that has more than a wall holds. */
export type Turn = { scene: Scene; page: number; pages: number }

export const scenesOf = (levelRoles: readonly string[]): Scene[] =>
  levelRoles.includes('county') ? ['whole', 'progress', 'heat', 'behind', 'spread'] : ['whole', 'heat', 'behind', 'spread']

/** Every school has its turn: the scene of their progress comes in as many pages as they need. */
export function turnsOf(scenes: readonly Scene[], schools: number, onOnePage: number): Turn[] {
  return scenes.flatMap((scene) => {
    const pages = scene === 'progress' ? Math.max(1, Math.ceil(schools / onOnePage)) : 1
    return Array.from({ length: pages }, (_, at) => ({ scene, page: at + 1, pages }))
  })
}
