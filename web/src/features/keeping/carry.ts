import { announce } from './pages'
import { shelfKey, type Shelf } from './shelf'
import { unfitIn, withoutUnfit, type Unfit } from './unfit'
import { isIdle, nothingUnsent, type Unsent, type Waiting } from './unsent'

/** A file that carries unsent typing to another device. */
export type Carried = { format: 'gengdu-unsent'; version: 1; personId: string; exportedAt: string; records: Unsent[] }

export const toFile = (personId: string, records: Unsent[], at: string): Carried => ({ format: 'gengdu-unsent', version: 1, personId, exportedAt: at, records })

export type Unreadable = 'no-file-of-ours' | 'of-another-person'

const isWaiting = (one: unknown): one is Waiting => typeof one === 'object' && one !== null && typeof (one as Waiting).at === 'string' && 'value' in one
const isUnfit = (one: unknown): one is Unfit => typeof one === 'object' && one !== null && typeof (one as Unfit).at === 'string' && typeof (one as Unfit).text === 'string'

export function readFile(text: string, personId: string): Carried | Unreadable {
  let file: Carried
  try {
    file = JSON.parse(text) as Carried
  } catch {
    return 'no-file-of-ours'
  }
  const fits = file?.format === 'gengdu-unsent' && file.version === 1 && Array.isArray(file.records)
    && file.records.every((one) => typeof one?.moduleReportId === 'string' && [...(one.changes ?? [null]), ...(one.conflicts ?? [null])].every(isWaiting)
      && (one.unfit === undefined || (Array.isArray(one.unfit) && one.unfit.every(isUnfit))))
  if (!fits) return 'no-file-of-ours'
  return file.personId === personId && file.records.every((one) => one.personId === personId) ? file : 'of-another-person'
}

/** Beside what waits here already: what was typed later wins, and each cell is compared with the server before it is sent. */
export async function takeIn(file: Carried, shelf: Shelf): Promise<number> {
  let cells = 0
  for (const carried of file.records.filter((one) => !isIdle(one))) {
    const key = shelfKey(file.personId, carried.moduleReportId)
    await shelf.edit(key, (present) => {
      const one = present ?? nothingUnsent(file.personId, carried.moduleReportId, carried.where ?? null)
      const here = new Map(one.changes.map((change) => [change.at, change]))
      const incoming = [...carried.changes, ...carried.conflicts.filter(({ text }) => text === undefined), ...carried.refused.map(({ at, value }) => ({ at, value, was: null, stamp: `carried-${at}`, typedAt: 0 }))]
        .filter(({ at, typedAt }) => (here.get(at)?.typedAt ?? -1) < typedAt || !here.has(at))
        .map(({ at, value, was, stamp, typedAt }) => ({ at, value, was, stamp: `${stamp}-carried`, typedAt }))
      const arriving = new Set(incoming.map(({ at }) => at))
      const texts = unfitCarried(one, carried)
      cells += incoming.length + texts.length
      const explanations = carried.explanations.filter(({ rule, at }) => !one.explanations.some((own) => own.rule === rule && own.at === at))
      const next = withoutUnfit(one, [...incoming, ...texts].map(({ at }) => at))
      return {
        ...next, changes: [...one.changes.filter(({ at }) => !arriving.has(at)), ...incoming], explanations: [...one.explanations, ...explanations],
        unfit: [...unfitIn(next), ...texts],
      }
    })
    announce({ key, page: 'carried' })
  }
  return cells
}

/** Texts that are no values travel too, unless something later was typed into their cells here. */
function unfitCarried(here: Unsent, carried: Unsent): Unfit[] {
  const latest = new Map([...here.changes, ...unfitIn(here)].map(({ at, typedAt }) => [at, typedAt]))
  const met = carried.conflicts.flatMap(({ at, text, was, typedAt }) => (text === undefined ? [] : [{ at, text, was, typedAt }]))
  return [...unfitIn(carried), ...met].filter(({ at, typedAt }) => (latest.get(at) ?? -1) < typedAt)
}

export function download(file: Carried) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1)], { type: 'application/json' }))
  const link = Object.assign(document.createElement('a'), { href: address, download: `gengdu-unsent-${file.exportedAt.slice(0, 16).replace(/[:T]/g, '-')}.json` })
  link.click()
  URL.revokeObjectURL(address)
}
