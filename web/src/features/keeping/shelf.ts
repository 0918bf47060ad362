import { keptDatabase } from './database'
import type { Unsent } from './unsent'

type Edit = (present: Unsent | undefined) => Unsent | undefined

/** Where the queues lie. An edit is one step that no other page can come between. */
export type Shelf = {
  kind: 'database' | 'storage' | 'memory'
  read: (key: string) => Promise<Unsent | undefined>
  edit: (key: string, edit: Edit) => Promise<Unsent | undefined>
  all: () => Promise<Unsent[]>
}

export const shelfKey = (personId: string, moduleReportId: string) => `${personId}/${moduleReportId}`

const databaseShelf = async (): Promise<Shelf | null> => {
  if (!(await keptDatabase())) return null
  const opened = async () => {
    const database = await keptDatabase()
    if (!database) throw new Error('the database of this browser is gone')
    return database
  }
  return {
    kind: 'database',
    read: async (key) => (await opened()).get('unsent', key),
    edit: async (key, edit) => {
      // On the disk before it counts as kept: a device that loses its power is part of the job.
      const transaction = (await opened()).transaction('unsent', 'readwrite', { durability: 'strict' })
      const next = edit(await transaction.store.get(key))
      await (next ? transaction.store.put(next, key) : transaction.store.delete(key))
      await transaction.done
      return next
    },
    all: async () => (await opened()).getAll('unsent'),
  }
}

const prefix = 'gengdu.kept.'

/** A browser without a database, or one that forbids it in a private window: the older store, or nothing but this page. */
export function plainShelf(kind: 'storage' | 'memory', storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>): Shelf {
  const read = (key: string): Unsent | undefined => {
    try {
      return (JSON.parse(storage.getItem(prefix + key) ?? 'null') as Unsent | null) ?? undefined
    } catch {
      return undefined
    }
  }
  return {
    kind,
    read: (key) => Promise.resolve(read(key)),
    edit: (key, edit) => {
      const next = edit(read(key))
      if (next) storage.setItem(prefix + key, JSON.stringify(next))
      else storage.removeItem(prefix + key)
      return Promise.resolve(next)
    },
    all: () => {
      const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter((key) => key?.startsWith(prefix))
      return Promise.resolve(keys.flatMap((key) => read(key!.slice(prefix.length)) ?? []))
    },
  }
}

export function memoryStorage() {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

function storageShelf(): Shelf | null {
  try {
    localStorage.setItem('gengdu.probe', '1')
    localStorage.removeItem('gengdu.probe')
    return plainShelf('storage', localStorage)
  } catch {
    return null
  }
}

let chosen: Promise<Shelf> | null = null

export function theShelf(): Promise<Shelf> {
  chosen ??= (async () => (await databaseShelf()) ?? storageShelf() ?? plainShelf('memory', memoryStorage()))()
  return chosen
}
