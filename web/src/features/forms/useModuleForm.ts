import { useQueryClient } from '@tanstack/vue-query'
import { computed, onUnmounted, ref, shallowRef } from 'vue'
import { Problem } from '@/api/problem'
import * as reporting from '@/api/reporting'
import type { Explanation, ModuleDefinition, ModuleReport, Programme, RuleResult, Values } from '@/api/types'
import { AutosaveQueue, type SaveState } from './autosave'
import { browserStore } from './autosaveStore'
import { readCell, writeCell } from './cells'
import { explanationMap, placeOf } from './ruleResults'
import { loadChecker, type Checker } from './rules'

/** One module report under someone's hands: its values, what the rules say about them, and whether they are stored. */
export function useModuleForm(moduleReportId: string, personId: string) {
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
  let queue: AutosaveQueue | null = null
  let version: string | number = 0

  const definition = computed<ModuleDefinition | null>(
    () => programme.value?.modules.find((one) => one.key === report.value?.moduleKey) ?? null,
  )
  const editable = computed(() => report.value?.permitted.edit.allowed ?? false)
  const grades = computed(() => report.value?.context.school.grades ?? [])
  const results = computed(() => checker.value?.results(values.value) ?? serverResults.value)

  async function load() {
    loadProblem.value = null
    try {
      await read()
      start()
    } catch (error) {
      loadProblem.value = error
    }
  }

  async function read() {
    const { data, etag } = await reporting.readModuleReport(moduleReportId)
    const forms = await queries.fetchQuery({
      queryKey: ['programme', data.programmeKey, data.programmeVersion],
      queryFn: () => reporting.readProgramme(data.programmeKey, data.programmeVersion),
      staleTime: Infinity,
    })
    programme.value = forms
    report.value = data
    version = etag ?? data.version
    savedAt.value = data.savedAt
    serverResults.value = data.results
    values.value = data.values ?? {}
    explanations.value = explanationMap(data.explanations)
    if (queue) layOver()
    const module = definition.value
    checker.value = module && (await loadChecker(forms, module, data.relatedValues ?? {}, data.context))
    return version
  }

  function start() {
    if (queue || !editable.value) return
    queue = new AutosaveQueue({
      version,
      store: browserStore(moduleReportId, personId),
      send: async (at, patch) => {
        const { data, etag } = await reporting.saveValues(moduleReportId, at, patch, document.visibilityState === 'hidden')
        return { saved: data, etag }
      },
      reload: read,
      onState: (state, problem) => {
        saveState.value = state
        saveProblem.value = problem
        if (state === 'refused') void read().catch(() => undefined)
      },
      onSaved: (saved) => {
        savedAt.value = saved.savedAt
        serverResults.value = saved.results
        if (report.value) report.value = { ...report.value, state: saved.state }
      },
      onCellsRefused: (cells) => {
        refused.value = new Map([...refused.value, ...cells.map(({ at, problem }) => [at, problem] as const)])
      },
    })
    layOver()
    window.addEventListener('online', wake)
  }

  /** Own changes the server does not have yet stay on top of whatever it sent. */
  function layOver() {
    for (const { at, value } of queue?.unsaved.changes ?? []) values.value = writeCell(values.value, at, value)
    const own = queue?.unsaved.explanations ?? []
    if (own.length > 0) explanations.value = explanationMap([...explanations.value.values(), ...own])
  }

  const wake = () => queue?.wake()

  function setCell(at: string, value: unknown) {
    if (!editable.value) return
    forget(at)
    const before = readCell(values.value, at)
    if (before === value) return
    values.value = writeCell(values.value, at, value)
    queue?.change(at, value)
  }

  /** Typed text that is no value of the field: shown as typed, marked, and not stored. */
  function setInvalid(at: string, text: string) {
    invalid.value = new Map([...invalid.value, [at, text]])
  }

  function forget(at: string) {
    if (invalid.value.has(at)) invalid.value = new Map([...invalid.value].filter(([key]) => key !== at))
    if (refused.value.has(at)) refused.value = new Map([...refused.value].filter(([key]) => key !== at))
  }

  function explain(result: RuleResult, text: string) {
    const explanation: Explanation = { rule: result.rule, at: placeOf(result), text }
    explanations.value = explanationMap([...explanations.value.values(), explanation])
    queue?.explain(explanation)
  }

  /** Completing and reopening ask for everything typed to be stored first. */
  async function act(how: (id: string, version: string | number) => Promise<unknown>) {
    if (queue && !(await queue.flush())) throw saveProblem.value ?? new Error('unsaved')
    await how(moduleReportId, queue?.currentVersion ?? version)
    queue?.stop()
    queue = null
    await load()
    await queries.invalidateQueries({ queryKey: ['reports'] })
  }

  // No question on leaving: what is not stored yet waits in this browser and goes out with the page, or at the next visit.
  const sendOnHide = () => {
    if (document.visibilityState === 'hidden') wake()
  }
  document.addEventListener('visibilitychange', sendOnHide)
  onUnmounted(() => {
    void queue?.flush()
    window.removeEventListener('online', wake)
    document.removeEventListener('visibilitychange', sendOnHide)
    void queries.invalidateQueries({ queryKey: ['reports'] })
  })

  return {
    load, report, programme, definition, values, explanations, results, checker, invalid, refused, grades, editable,
    loadProblem, saveState, saveProblem, savedAt, setCell, setInvalid, explain,
    flush: () => queue?.flush() ?? Promise.resolve(true),
    complete: () => act(reporting.markComplete),
    reopen: () => act(reporting.reopen),
  }
}

export type ModuleForm = ReturnType<typeof useModuleForm>
