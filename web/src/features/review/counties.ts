import type { CountyDispatch } from '@/api/types'

/** What has to be decided first, then who is not up yet, those with most missing first; the complete ones last. */
const rank = (county: CountyDispatch) => ({ waiting: 0, refused: 1, none: 2, allowed: 3, complete: 4 })[county.dispatch?.state ?? 'none']

export const sortCounties = (counties: CountyDispatch[]) => counties.filter((one) => one.owed > 0 || one.dispatch)
  .sort((a, b) => rank(a) - rank(b) || (b.owed - b.arrived) - (a.owed - a.arrived) || (a.code ?? '').localeCompare(b.code ?? ''))
