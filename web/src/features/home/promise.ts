/** Ends of working afternoons to promise: today while there is still time, then the next days. Times are the province's. */
const day = 86_400_000
const zone = 8 * 3_600_000

export const endOfDay = (now: number, daysOn: number) => new Date(Math.floor((now + zone) / day + daysOn) * day - zone + 18 * 3_600_000)
export const dayOf = (at: Date) => new Date(at.getTime() + zone).toISOString().slice(0, 10)
export const endOf = (isoDay: string) => new Date(`${isoDay}T18:00:00+08:00`)
export const canStillToday = (now: number) => endOfDay(now, 0).getTime() > now + 30 * 60_000
