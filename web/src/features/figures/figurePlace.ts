import type { ComputedRef, InjectionKey } from 'vue'

/** Where the figures of a page belong, so that each of them can be opened. */
export type FigurePlace = { organisationId: string; cycleId: string; school: boolean }
export const figurePlace: InjectionKey<ComputedRef<FigurePlace>> = Symbol('figurePlace')

export const toFigure = (indicator: string, place: FigurePlace) => ({
  name: place.school ? 'figure-steps' : 'figure',
  params: { indicator, organisationId: place.organisationId },
  query: { cycle: place.cycleId },
})

export const toIndex = (place: Pick<FigurePlace, 'organisationId' | 'cycleId'>) => ({ name: 'index-parts', params: { organisationId: place.organisationId }, query: { cycle: place.cycleId } })
