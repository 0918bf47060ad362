import type { CellChange, Explanation } from '@/api/types'

/** What is typed and not yet acknowledged, kept in this browser so that a reload or a crash loses nothing. */
export type Unsaved = { changes: CellChange[]; explanations: Explanation[] }
export type UnsavedStore = { read: () => Unsaved | null; write: (unsaved: Unsaved | null) => void }

const prefix = 'gengdu.unsaved.'

export function browserStore(moduleReportId: string, personId: string, storage: Storage = localStorage): UnsavedStore {
  // Per person: two people sharing a school computer never send each other's typing.
  const key = `${prefix}${personId}.${moduleReportId}`
  return {
    read: () => {
      try {
        const kept = JSON.parse(storage.getItem(key) ?? 'null') as Unsaved | null
        return kept && Array.isArray(kept.changes) && Array.isArray(kept.explanations) ? kept : null
      } catch {
        return null
      }
    },
    write: (unsaved) => {
      try {
        if (unsaved) storage.setItem(key, JSON.stringify(unsaved))
        else storage.removeItem(key)
      } catch {
        // Storage full or switched off: typing goes on, the queue in memory still saves.
      }
    },
  }
}
