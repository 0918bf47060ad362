import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Unsent } from './unsent'

export type Copy = { personId: string; name: string; data: unknown; etag: string | null; at: number }

interface Kept extends DBSchema {
  unsent: { key: string; value: Unsent }
  copies: { key: string; value: Copy }
}

let opened: Promise<IDBPDatabase<Kept> | null> | null = null

/** What this device keeps for the people who use it; null where the browser has no database or refuses to open it. */
export function keptDatabase() {
  opened ??= (typeof indexedDB === 'undefined' ? Promise.resolve(null) : openDB<Kept>('gengdu', 1, {
    upgrade(database) {
      database.createObjectStore('unsent')
      database.createObjectStore('copies')
    },
    // A newer page wants to change the shape: this one gives way and opens again at its next use.
    blocking: (_current, _next, event) => {
      ;(event.target as IDBDatabase).close()
      opened = null
    },
    terminated: () => (opened = null),
  }).catch(() => null))
  return opened
}

/** For tests: the next use opens it anew. */
export async function closeDatabase() {
  ;(await opened)?.close()
  opened = null
}
