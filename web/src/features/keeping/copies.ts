import { keptDatabase, type Copy } from './database'

const days = 30 * 86_400_000
const key = (personId: string, name: string) => `${personId}/${name}`

/** What one person has read on this device, for the time without a network. */
export const copiesOf = (personId: string) => ({
  async put(name: string, data: unknown, etag: string | null) {
    await (await keptDatabase())?.put('copies', { personId, name, data, etag, at: Date.now() }, key(personId, name))
  },
  async get(name: string) {
    const copy = await (await keptDatabase())?.get('copies', key(personId, name))
    return copy ? { data: copy.data, etag: copy.etag, at: copy.at } : null
  },
})

const removeCopies = async (which: (copy: Copy) => boolean) => {
  const database = await keptDatabase()
  if (!database) return
  const transaction = database.transaction('copies', 'readwrite')
  for (let cursor = await transaction.store.openCursor(); cursor; cursor = await cursor.continue()) if (which(cursor.value)) await cursor.delete()
  await transaction.done
}

/** Signing out of a shared computer: nothing that was read stays. Unsent typing is not touched; it has its own question. */
export const forgetCopies = (personId: string) => removeCopies((copy) => copy.personId === personId)

/** At each start: what others read here, and what is a month old, goes. */
export const tidyCopies = (personId: string, now = Date.now()) => removeCopies((copy) => copy.personId !== personId || copy.at < now - days)
