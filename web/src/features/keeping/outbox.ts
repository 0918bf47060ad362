import { computed, ref, shallowRef } from 'vue'
import * as reporting from '@/api/reporting'
import { serverNow } from '@/api/serverClock'
import { afterRenewal } from '@/app/renewal'
import { takeOver } from '../forms/autosaveStore'
import { AutosaveQueue } from '../forms/autosave'
import { typedOnStore } from '../forms/typedOn'
import { announce, listen } from './pages'
import { shelfKey, theShelf, type Shelf } from './shelf'
import { unfitIn } from './unfit'
import { cellsIn, isIdle, isSent, type Unsent } from './unsent'

const records = shallowRef<Unsent[]>([])
const kind = ref<Shelf['kind']>('database')
const sending = ref(false)
const now = ref(Date.now())
/** Modules open on this page send for themselves. */
const open = new Set<string>()
let person: string | null = null

/** Typed longer ago than autosave needs: only then it is worth a word in the header. */
const isLate = (one: Unsent) => one.conflicts.length + one.refused.length > 0 || one.stopped !== null || oldest(one) < now.value - 5_000
const oldest = (one: Unsent) => Math.min(now.value, ...one.changes.map(({ typedAt }) => typedAt), ...unfitIn(one).map(({ typedAt }) => typedAt))

const late = computed(() => records.value.filter(isLate))
const counted = computed(() => ({ modules: late.value.length, cells: late.value.reduce((sum, one) => sum + cellsIn(one), 0) }))
const anything = computed(() => records.value.length > 0)

async function refresh() {
  const shelf = await theShelf()
  kind.value = shelf.kind
  now.value = Date.now()
  records.value = person ? (await shelf.all().catch(() => [])).filter((one) => one.personId === person && !isIdle(one)) : []
}

/** Sends what waits in modules that are not open: after a start, when the line is back, from time to time. */
async function sendAll(): Promise<void> {
  if (sending.value || person === null) return
  sending.value = true
  try {
    await refresh()
    for (const one of records.value) if (!isSent(one) && !open.has(one.moduleReportId)) await sendOne(one).catch(() => undefined)
  } finally {
    sending.value = false
    await refresh()
  }
}

async function sendOne(one: Unsent) {
  const typedOn = typedOnStore(one.moduleReportId, one.personId)
  let form: string | undefined
  const read = async () => {
    const { data, etag } = await reporting.readModuleReport(one.moduleReportId)
    form = data.programmeVersion
    return { version: etag ?? data.version, values: data.values ?? {} }
  }
  const queue = new AutosaveQueue({
    ...(await read()),
    personId: one.personId, moduleReportId: one.moduleReportId, where: one.where, shelf: await theShelf(),
    send: async (version, patch, key) => {
      const { data, etag } = await reporting.saveValues(one.moduleReportId, version, { ...patch, ...typedOn.unless(form) }, key)
      return { saved: data, etag }
    },
    reload: read,
    edits: (since) => reporting.listEdits(one.moduleReportId, since),
    onState: () => undefined,
    onSaved: () => undefined,
    onCellsRefused: () => undefined,
  })
  await queue.begin()
  if (await queue.flush()) typedOn.forget()
  queue.stop()
}

async function discard(one: Unsent) {
  const key = shelfKey(one.personId, one.moduleReportId)
  await (await theShelf()).edit(key, () => undefined)
  announce({ key, page: 'discarded' })
}

export function isOpenHere(moduleReportId: string) {
  open.add(moduleReportId)
  return () => {
    open.delete(moduleReportId)
    void sendAll()
  }
}

/** Once a page knows whose it is. */
export async function startOutbox(personId: string) {
  person = personId
  const shelf = await theShelf()
  await takeOver(personId, shelf).catch(() => undefined)
  listen(() => void refresh())
  afterRenewal(() => void sendAll())
  window.addEventListener('online', () => void sendAll())
  window.setInterval(() => void refresh(), 3_000)
  window.setInterval(() => void (records.value.length > 0 && sendAll()), 20_000)
  // The browser asks by itself before it closes a page; the words are its own.
  window.addEventListener('beforeunload', (event) => {
    if (records.value.some((one) => !isIdle(one))) event.preventDefault()
  })
  await refresh()
  void sendAll()
}

export const useOutbox = () => ({ records, late, counted, anything, kind, sending, sendAll, discard, refresh, serverNow })
