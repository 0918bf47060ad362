import type { Explanation } from '@/api/types'

/** Typed, and lying in the browser's plain store: by an older version of the app, or before this one had its queue. `was`: what the server had then. */
export type Left = {
  changes: { at: string; value: unknown; was?: unknown }[]
  explanations: Explanation[]
  /** Typed texts that are no values of their fields. */
  texts?: { at: string; text: string; was: unknown }[]
}

const prefix = 'gengdu.unsaved.'

export const leftKey = (personId: string, moduleReportId: string) => `${prefix}${personId}.${moduleReportId}`

/** The modules in which something of a person lies. */
export const modulesLeft = (personId: string, storage: Storage) =>
  Object.keys(storage).filter((key) => key.startsWith(leftKey(personId, ''))).map((key) => key.slice(leftKey(personId, '').length))

export function readLeft(storage: Storage, key: string): Left | null {
  try {
    const left = JSON.parse(storage.getItem(key) ?? 'null') as Left | null
    return left && Array.isArray(left.changes) && Array.isArray(left.explanations) ? left : null
  } catch {
    return null
  }
}
