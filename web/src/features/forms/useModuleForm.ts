import { useQueryClient } from '@tanstack/vue-query'
import { computed, onUnmounted, ref, shallowRef } from 'vue'
import { keepCopy } from '@/api/copies'
import { Problem } from '@/api/problem'
import * as reporting from '@/api/reporting'
import type { CellChange, Explanation, ModuleDefinition, ModuleReport, Programme, RuleResult, Values } from '@/api/types'
import { afterRenewal } from '@/app/renewal'
import { inFull } from '../keeping/later'
import type { Conflict, Where } from '../keeping/unsent'
import type { AutosaveQueue, Checked, SaveState } from './autosave'
import { readCell, withoutCells, writeCell } from './cells'
import { FirstTyping, type Typing } from './firstTyping'
import { explanationMap, followUpRule, placeOf, remarkRule, unworded } from './ruleResults'
import { loadChecker, ruleContext, type Checker } from './rules'
import { typedOnStore } from './typedOn'
import { useRuleResults } from './useRuleResults'

/** One module report under someone's hands: its values, what the rules say about them, and whether they are stored. */
export function useModuleForm(moduleReportId: string, personId: string, organisation?: Where['organisation']) {
  const queries = useQueryClient()
  const report = shallowRef<ModuleReport | null>(null)
  const programme = shallowRef<Programme | null>(null)
  const values = shallowRef<Values>({})
  const explanations = shallowRef(explanationMap([]))
  const checker = shallowRef<Checker | null>(null)
  const serverResults = shallowRef<RuleResult[]>([])
  const invalid = shallowRef<ReadonlyMap<string, string>>(new Map())
  const refused = shallowRef<ReadonlyMap<string, Problem>>(new Map())
  const loadProblem = ref<unknown>(null)
  const saveState = ref<SaveState>('saved')
  const saveProblem = shallowRef<Problem | null>(null)
  const savedAt = ref<string | null>(null)
  const typedOn = typedOnStore(moduleReportId, personId)
  const checked = ref<Checked>('unchecked')
  const conflicts = shallowRef<readonly Conflict[]>([])
  let queue: AutosaveQueue | null = null
  let version: string | number = 0
  let stored: Values = {}
  let closing: (() => void)[] = []
  let gone = false
  let opening: Promise<void> = Promise.resolve()
  /** Typed before the queue is there. */
  const first = new FirstTyping(personId, moduleReportId, (at) => readCell(stored, at))

  const definition = computed<ModuleDefinition | null>(
    () => programme.value?.modules.find((one) => one.key === report.value?.moduleKey) ?? null,
  )
  const editable = computed(() => report.value?.permitted.edit.allowed ?? false)
  const grades = computed(() => report.value?.context.school.grades ?? [])
  const results = useRuleResults(checker, values, serverResults)

  async function load() {
    loadProblem.value = null
    try {
      await read()
      await (opening = start())
    } catch (error) {
      loadProblem.value = error
    }
  }

  async function read() {
    const { data, etag } = await reporting.readModuleReport(moduleReportId)
    const forms = await queries.fetchQuery({
      queryKey: ['programme', data.programmeKey, data.programmeVersion, data.moduleKey],
      queryFn: () => reporting.readModuleForm(data.programmeKey, data.programmeVersion, data.moduleKey),
      staleTime: Infinity,
    })
    programme.value = forms
    report.value = data
    version = etag ?? data.version
    savedAt.value = data.savedAt
    serverResults.value = data.results
    stored = data.values ?? {}
    explanations.value = explanationMap(data.explanations)
    if (queue) layOver()
    else values.value = stored
    void bindRules(forms, data)
    return { version, values: stored }
  }

  /** After the form stands: nobody waits for the rules to type the first cell. Until they are there, the server's word holds. */
  async function bindRules(forms: Programme, data: ModuleReport) {
    const module = definition.value
    try {
      checker.value = module && (await loadChecker(forms, module, data.relatedValues ?? {}, ruleContext(data)))
    } catch (error) {
      loadProblem.value = error
    }
  }

  async function start() {
    if (queue || !editable.value) return
    const { AutosaveQueue, isOpenHere, takeOver, theShelf } = await inFull(() => first.isEmpty || (saveState.value = 'offline'))
    const shelf = await theShelf()
    // A tab that was closed before it had a queue left what was typed in it.
    await takeOver(personId, shelf).catch(() => undefined)
    if (queue || !editable.value) return
    const module = definition.value
    queue = new AutosaveQueue({
      version, values: stored, personId, moduleReportId,
      where: report.value && module && { reportId: report.value.reportId, moduleKey: module.key, name: module.name, organisation: organisation ?? { zh: '', en: '' } },
      shelf,
      send: async (at, patch, key) => {
        const { data, etag } = await reporting.saveValues(moduleReportId, at, { ...patch, ...typedOn.unless(report.value?.programmeVersion) }, key, document.visibilityState === 'hidden')
        return { saved: data, etag }
      },
      reload: read,
      edits: (since) => reporting.listEdits(moduleReportId, since),
      onLaidOut: layOver,
      onState: (state, problem) => {
        saveState.value = state
        if (state === 'saved') typedOn.forget()
        else typedOn.keep(report.value?.programmeVersion)
        saveProblem.value = problem
        if (state === 'refused') void read().catch(() => undefined)
      },
      onSaved: (saved, how) => {
        savedAt.value = saved.savedAt
        checked.value = how
        serverResults.value = saved.results
        if (!report.value || !queue) return
        report.value = { ...report.value, state: saved.state }
        const { version: at, values: content } = queue.server
        keepCopy(reporting.moduleCopy(moduleReportId), { ...report.value, values: content, version: saved.version, savedAt: saved.savedAt }, String(at))
        // What the form has no place for any more is shown beside it now.
        if (saved.setAside.length > 0) void read().catch(() => undefined)
      },
      onCellsRefused: (cells) => {
        refused.value = new Map([...refused.value, ...cells.map(({ at, problem }) => [at, problem] as const)])
      },
    })
    first.handOver(queue)
    await queue.begin()
    // Where the device did not take it, the plain store has it until it does.
    if (!queue.isWriting) first.forget()
    closing = [isOpenHere(moduleReportId), afterRenewal(wake)]
    window.addEventListener('online', wake)
    if (gone) leave()
  }

  /** Own changes the server does not have yet stay on top of whatever it sent. */
  function layOver() {
    if (!queue) return
    values.value = queue.laidOut()
    conflicts.value = queue.unsent.conflicts
    invalid.value = new Map(queue.texts)
    refused.value = new Map(queue.unsent.refused.map(({ at, problem }) => [at, new Problem(problem)]))
    const own = queue.unsent.explanations
    if (own.length > 0) explanations.value = explanationMap([...explanations.value.values(), ...own])
  }

  const wake = () => queue?.wake()

  function hand(act: (open: Typing) => void) {
    if (queue) return act(queue)
    typedOn.keep(report.value?.programmeVersion)
    saveState.value = 'waiting'
    act(first)
  }

  function setCell(at: string, value: unknown) {
    if (!editable.value) return
    const hadText = forget([at])
    if (readCell(values.value, at) === value) return hadText ? hand((open) => open.forgetTexts([at])) : undefined
    values.value = writeCell(values.value, at, value)
    hand((open) => open.change(at, value))
  }

  /** A paste or a fill: one look at the rules, one entry in the queue's store. */
  function setCells(changes: CellChange[]) {
    if (!editable.value) return
    let next = values.value
    const hadText = forget(changes.map(({ at }) => at))
    const real = changes.filter(({ at, value }) => {
      const differs = readCell(next, at) !== value
      if (differs) next = writeCell(next, at, value)
      return differs
    })
    values.value = next
    hand((open) => {
      open.changeAll(real)
      if (hadText) open.forgetTexts(changes.map(({ at }) => at))
    })
  }

  /** Typed text that is no value of the field: shown as typed, marked, kept on this device, and not stored. */
  function setInvalid(typed: { at: string; text: string }[]) {
    if (!editable.value || typed.length === 0) return
    invalid.value = new Map([...invalid.value, ...typed.map(({ at, text }) => [at, text] as const)])
    hand((open) => open.keepTexts(typed))
  }

  /** Marks of cells that are written now; whether one of them was a text that is no value. */
  function forget(cells: string[]) {
    const before = invalid.value
    ;[invalid.value, refused.value] = [withoutCells(invalid.value, cells), withoutCells(refused.value, cells)]
    return invalid.value !== before
  }

  function explain(result: RuleResult, text: string) {
    keepWords({ rule: result.rule, at: placeOf(result), text })
  }

  const remark = (at: string, text: string) => keepWords({ rule: remarkRule, at, text })
  const followUp = (at: string, words: string | null) => keepWords({ rule: followUpRule, at, text: words === null ? '' : words.trim() === '' ? unworded : words })

  function keepWords(explanation: Explanation) {
    explanations.value = explanationMap([...explanations.value.values(), explanation])
    hand((open) => open.explain(explanation))
  }

  /** Completing and reopening ask for everything typed to be stored first. */
  async function act(how: (id: string, version: string | number) => Promise<unknown>) {
    if (!first.isEmpty && saveState.value === 'offline') throw new Error('unsaved')
    await opening
    if (queue && (!(await queue.flush()) || queue.unsent.conflicts.length > 0)) throw saveProblem.value ?? new Error('unsaved')
    await how(moduleReportId, queue?.server.version ?? version)
    close()
    await load()
    await queries.invalidateQueries({ queryKey: ['reports'] })
  }

  function close() {
    queue?.stop()
    queue = null
    closing.forEach((end) => end())
    closing = []
  }

  // What is not stored yet goes out with the page, or waits in this browser for the next visit.
  const sendOnHide = () => {
    if (document.visibilityState === 'hidden') wake()
  }
  document.addEventListener('visibilitychange', sendOnHide)
  function leave() {
    const leaving = queue
    void Promise.resolve(leaving?.flush()).finally(() => (queue === leaving ? close() : undefined))
  }
  onUnmounted(() => {
    gone = true
    leave()
    window.removeEventListener('online', wake)
    document.removeEventListener('visibilitychange', sendOnHide)
    void queries.invalidateQueries({ queryKey: ['reports'] })
  })

  return {
    load, report, programme, definition, values, explanations, results, checker, invalid, refused, grades, editable,
    loadProblem, saveState, saveProblem, savedAt, checked, conflicts, setCell, setCells, setInvalid, explain, remark, followUp,
    flush: () => opening.then(() => queue?.retry() ?? true),
    settle: (at: string, choice: 'mine' | 'theirs') => queue?.settle(at, choice),
    /** Somebody else's page has stored something newer. */
    catchUp: (newest: number) => (queue && newest > versionNumber(queue.server.version) ? queue.catchUp() : Promise.resolve()),
    complete: () => act(reporting.markComplete),
    reopen: () => act(reporting.reopen),
    takeNewForm: () => act(reporting.migrate),
    previewNewForm: () => reporting.migrate(moduleReportId, version, true),
  }
}

const versionNumber = (version: string | number) => Number(String(version).replace(/\D/g, ''))

export type ModuleForm = ReturnType<typeof useModuleForm>
