/** Times are shown in the province's zone. */
export const zone = 'Asia/Shanghai'

/** A day and a minute. Alone in its file, because the page itself makes one before the app is there (`app/early.ts`). */
export const momentFormat = (locale: string) =>
  new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' })
