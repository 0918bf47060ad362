/** The reports of the list that the reviewer came from, in its order: what "next" means. Kept for the tab, so a reload does not lose it. */
const key = 'gengdu.review-trail'

export type Trail = { step: string; reportIds: string[]; back: string }

export function keepTrail(trail: Trail): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(trail))
  } catch {
    // Without storage "next" asks the queue.
  }
}

export function readTrail(): Trail | null {
  try {
    const trail = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Trail | null
    return trail && Array.isArray(trail.reportIds) ? trail : null
  } catch {
    return null
  }
}

/** The one after this in the list; the first when this one is not in it; null at the end. */
export function nextIn(trail: Trail | null, reportId: string): string | null {
  if (!trail || trail.reportIds.length === 0) return null
  return trail.reportIds[trail.reportIds.indexOf(reportId) + 1] ?? null
}

export const placeIn = (trail: Trail | null, reportId: string) => {
  const place = trail?.reportIds.indexOf(reportId) ?? -1
  return trail && place >= 0 ? { place: place + 1, of: trail.reportIds.length } : null
}
