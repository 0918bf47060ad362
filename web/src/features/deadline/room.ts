import type { Room, RoomFigures } from '@/api/types'

export const stuckKinds = ['missing', 'unsigned', 'not-begun', 'empty', 'errors', 'silent'] as const

export const missingOf = (figures: RoomFigures) => figures.reports - figures.done

export const stuckOf = (figures: RoomFigures, kind: (typeof stuckKinds)[number]): number =>
  ({ missing: missingOf(figures), unsigned: figures.unsigned, 'not-begun': figures.notBegun, empty: figures.empty, errors: figures.errors, silent: figures.silent })[kind]

/** Of the last whole minutes; what still runs is no whole one. */
export const pace = (minutes: readonly number[], over = 5): number => {
  const whole = minutes.slice(0, -1).slice(-over)
  return whole.length === 0 ? 0 : whole.reduce((sum, one) => sum + one, 0) / whole.length
}

/** "14:07" of each minute, in the province's zone. */
export const minuteAt = (room: Room, index: number) => new Date(new Date(room.firstMinute).getTime() + index * 60_000).toISOString()

/** Those with most that is missing first; a county that is done goes to the end. */
export const byMissing = (children: Room['children']) =>
  [...children].sort((a, b) => missingOf(b.figures) - missingOf(a.figures) || a.organisation.code.localeCompare(b.organisation.code))
