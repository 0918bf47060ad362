import type { Problem } from '@/api/problem'
import type { Edit, Values, ValuesPatch, ValuesSaved } from '@/api/types'
import type { Shelf } from '../keeping/shelf'
import type { Where } from '../keeping/unsent'

export type SaveState = 'saved' | 'waiting' | 'saving' | 'offline' | 'signed-out' | 'conflict' | 'refused'
export type Saved = { saved: ValuesSaved; etag: string | null }
export type Fresh = { version: string | number; values: Values }
/** Whether the server's checksum was the one of this page's own copy; `reread`: it was not, and the page read again. */
export type Checked = 'same' | 'reread' | 'unchecked'

export type AutosaveOptions = Fresh & {
  personId: string
  moduleReportId: string
  where?: Where | null
  shelf: Shelf
  send: (version: string | number, patch: ValuesPatch, key: string) => Promise<Saved>
  /** Someone else changed the form: read it again. Own changes are laid over it and sent again. */
  reload: () => Promise<Fresh>
  /** Who changed which cells since a version, for a choice between two values. */
  edits?: (since: number) => Promise<Edit[]>
  onState: (state: SaveState, problem: Problem | null) => void
  onSaved: (saved: ValuesSaved, checked: Checked) => void
  /** What is shown must be laid out anew: read again, typed on another page, a choice to make. */
  onLaidOut?: () => void
  /** The server will not store these cells; they leave the queue, stay on this device, and are marked on the form. */
  onCellsRefused: (refused: { at: string; problem: Problem }[]) => void
  delay?: number
  longest?: number
}
