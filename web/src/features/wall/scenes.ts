/** What a wall shows, in turn: the whole, where it is red, how places compare, how it moves; in a county which school owes what. */
export type Scene = 'whole' | 'heat' | 'behind' | 'spread' | 'progress'

export const scenesOf = (levelRoles: readonly string[]): Scene[] =>
  levelRoles.includes('county') ? ['whole', 'progress', 'heat', 'behind', 'spread'] : ['whole', 'heat', 'behind', 'spread']
