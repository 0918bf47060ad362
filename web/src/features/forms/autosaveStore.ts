import { shelfKey, type Shelf } from '../keeping/shelf'
import { typedUnfit } from '../keeping/unfit'
import { explained, nothingUnsent, typed, type Unsent } from '../keeping/unsent'
import { leftKey, modulesLeft, readLeft, type Left } from './left'

/**
 * What lies in this browser's plain store is moved onto the shelf: nothing typed before there was a queue is lost, be it in an older version
 * of the app or in a tab that was closed before the queue had come.
 */
export async function takeOver(personId: string, shelf: Shelf, storage: Storage = localStorage) {
  for (const moduleReportId of modulesLeft(personId, storage)) {
    const key = leftKey(personId, moduleReportId)
    // Read within the edit: what the page that typed it has handed to its queue meanwhile is gone from here, and must not come again.
    await shelf.edit(shelfKey(personId, moduleReportId), (present) => {
      const left = readLeft(storage, key)
      return left ? withLeft(present ?? nothingUnsent(personId, moduleReportId), left) : present
    })
    storage.removeItem(key)
  }
}

/** An older version did not say what the server had then: unless that is nothing, or the same, there will be a choice to make. */
function withLeft(before: Unsent, { changes, explanations, texts = [] }: Left): Unsent {
  let one = changes.reduce((all, { at, value, was = null }, index) => typed(all, { at, value, was, stamp: `older-${index}`, typedAt: 0 }), before)
  one = explanations.reduce((all, explanation, index) => explained(all, { ...explanation, stamp: `older-e${index}` }), one)
  return texts.length === 0 ? one : typedUnfit(one, texts.map((text) => ({ ...text, typedAt: 0 })))
}
