import type { ExploreQuestion } from '@/api/explore'
import type { SaveView } from '@/api/types'

/** What is asked: which figures of which place, and what lies along the rows and the columns. */
export type Question = { place: string; cycles: string[]; indicators: string[]; rows: string[]; columns: string[]; where: Record<string, string[]> }
export type Axis = 'rows' | 'columns'

/** Each axis takes three; the service says the same. */
export const mostOnAnAxis = 3

const list = (text: unknown) => (typeof text === 'string' ? text.split(',').filter(Boolean) : [])

export function questionOf(query: Record<string, unknown>, place: string, cycle: string, indicators: string[]): Question {
  const where = typeof query.where === 'string' ? query.where : ''
  return settled({
    place: typeof query.place === 'string' && query.place ? query.place : place,
    cycles: list(query.cycles).length ? list(query.cycles) : [cycle],
    indicators: list(query.indicators).length ? list(query.indicators) : indicators,
    rows: list(query.rows),
    columns: list(query.columns),
    where: Object.fromEntries(where.split(';').filter(Boolean).map((part) => [part.split(':')[0]!, (part.split(':')[1] ?? '').split('|')])),
  })
}

const whereText = (where: Record<string, string[]>) =>
  Object.entries(where).filter(([, keys]) => keys.length).map(([dimension, keys]) => `${dimension}:${keys.join('|')}`).join(';')

/** For the page's address: a link shows the same to whoever may see it. */
export const addressOf = (question: Question) => ({
  place: question.place, cycles: question.cycles.join(','), indicators: question.indicators.join(','), rows: question.rows.join(',') || undefined,
  columns: question.columns.join(',') || undefined, where: whereText(question.where) || undefined,
})

export const askedOf = (question: Question): ExploreQuestion => {
  const { place, ...rest } = addressOf(question)
  return { organisationId: place, ...rest }
}

/** To be kept: there what is not asked is said as nothing, not left out. */
export const keptOf = (question: Question): SaveView['question'] => {
  const asked = askedOf(question)
  return { ...asked, rows: asked.rows ?? null, columns: asked.columns ?? null, where: asked.where ?? null }
}

/** Numbers of several indicators or cycles never stand in one cell: then they have a place on an axis. */
export function settled(question: Question): Question {
  let next = question
  for (const [dimension, many] of [['indicator', question.indicators.length > 1], ['cycle', question.cycles.length > 1]] as const) {
    if (!many || next.rows.includes(dimension) || next.columns.includes(dimension)) continue
    next = next.columns.length < mostOnAnAxis ? { ...next, columns: [...next.columns, dimension] } : { ...next, rows: [...next.rows.slice(0, mostOnAnAxis - 1), dimension] }
  }
  return next
}

/** Takes a dimension to an axis, or off both; a full axis stays as it is. */
export function placed(question: Question, dimension: string, to: Axis | null, at = Infinity): Question {
  const rows = question.rows.filter((one) => one !== dimension)
  const columns = question.columns.filter((one) => one !== dimension)
  if (to === null) return settled({ ...question, rows, columns })
  const axis = to === 'rows' ? rows : columns
  if (axis.length >= mostOnAnAxis) return question
  axis.splice(Math.min(at, axis.length), 0, dimension)
  return settled({ ...question, rows, columns })
}

/** One place further out or in on its own axis. */
export function nudged(question: Question, dimension: string, by: -1 | 1): Question {
  const to: Axis = question.rows.includes(dimension) ? 'rows' : 'columns'
  const at = question[to].indexOf(dimension) + by
  return at < 0 || at >= question[to].length ? question : placed(question, dimension, to, at)
}

export const turned = (question: Question): Question => ({ ...question, rows: question.columns, columns: question.rows })

/** No dimension of a place that is not there: a county has no counties, and schools are named below a county alone. */
export function dimensionsOf(levels: readonly string[]): string[] {
  const places = levels.includes('county') ? ['school'] : levels.includes('city') ? ['county'] : ['city', 'county']
  return [...places, ...(levels.includes('county') ? [] : ['level']), 'school-type', 'stage', 'urban-rural', 'run-by', 'boarding', 'size', 'state', 'indicator', 'cycle']
}
