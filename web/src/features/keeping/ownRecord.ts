import { announce } from './pages'
import { shelfKey, type Shelf } from './shelf'
import { isIdle, nothingUnsent, type Unsent, type Where } from './unsent'

export type Stored = { version: string | number; values: import('@/api/types').Values }

/**
 * One person's unsent cells of one module: in memory for this page, on the shelf for all pages of the browser. An edit holds at
 * once here, and in one step there, so that two pages never undo each other.
 */
export class OwnRecord {
  readonly key: string
  own: Unsent
  private writes: Promise<unknown> = Promise.resolve()
  private writing = 0
  /** The device did not take the last edit: memory is all there is. */
  private adrift = false

  constructor(
    private readonly shelf: Shelf, private readonly personId: string, private readonly moduleReportId: string, private readonly where: Where | null,
    private readonly pageId: string,
  ) {
    this.key = shelfKey(personId, moduleReportId)
    this.own = this.nothing()
  }

  /** Typed, and not even on this device yet. */
  get isWriting() {
    return this.writing > 0 || this.adrift
  }

  edit(how: (one: Unsent) => Unsent, stored?: Stored): Promise<Unsent> {
    this.own = how(this.own)
    this.writing++
    const write = this.writes.then(async () => {
      let kept = this.own
      try {
        const next = await this.shelf.edit(this.key, (present) => {
          // What could not be written before is written now, with everything.
          const one = this.adrift ? this.own : how(present ?? this.nothing())
          return isIdle(one) ? undefined : { ...one, where: this.where ?? one.where }
        })
        this.adrift = false
        kept = next ?? this.nothing()
        // Later edits are in memory already; theirs come after this one.
        if (this.writing === 1) this.own = kept
      } catch {
        // A full or broken store: typing goes on, and the queue in memory still sends.
        this.adrift = true
      } finally {
        this.writing--
      }
      announce({ key: this.key, page: this.pageId, stored })
      return kept
    })
    this.writes = write
    return write
  }

  /** Another page of the same person may have typed or sent. */
  async lookAgain() {
    await this.writes
    const present = await this.shelf.read(this.key).catch(() => this.own)
    if (!this.isWriting) this.own = present ?? this.nothing()
  }

  private nothing = () => nothingUnsent(this.personId, this.moduleReportId, this.where)
}
