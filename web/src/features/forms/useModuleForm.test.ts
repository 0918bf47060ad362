import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import * as reporting from '@/api/reporting'
import type { ModuleReport, Programme } from '@/api/types'
import * as inFull from '../keeping/inFull'
import * as later from '../keeping/later'
import * as shelf from '../keeping/shelf'
import { leftKey } from './left'
import * as rules from './rules'
import { useModuleForm } from './useModuleForm'

const module = { key: 'm', name: { zh: '', en: '' }, sections: [], fields: [{ key: 'rooms', name: { zh: '', en: '' }, type: 'integer' }], rules: [] }
const stored = {
  id: 'r1', reportId: 'p1', moduleKey: 'm', programmeKey: 'k', programmeVersion: '1', version: 3, savedAt: null, values: {}, results: [], explanations: [], setAside: [],
  context: { school: { grades: [] } }, permitted: { edit: { allowed: true, reason: null } },
} as unknown as ModuleReport

function open() {
  let form!: ReturnType<typeof useModuleForm>
  const page = mount(defineComponent(() => {
    form = useModuleForm('r1', 'p')
    return () => h('div')
  }), { global: { plugins: [[VueQueryPlugin, { queryClient: new QueryClient() }]] } })
  return { form, page }
}

describe('a form that opens on a slow device', () => {
  beforeEach(() => {
    vi.spyOn(reporting, 'readModuleReport').mockResolvedValue({ data: stored, etag: '"v3"' })
    vi.spyOn(reporting, 'readModuleForm').mockResolvedValue({ programme: { grades: [] }, modules: [module] } as unknown as Programme)
  })
  afterEach(() => {
    vi.restoreAllMocks()
    localStorage.clear()
  })

  it('keeps what is typed before its store and its rules are there, and sends it', async () => {
    const memory = shelf.plainShelf('memory', shelf.memoryStorage())
    let there!: () => void
    vi.spyOn(shelf, 'theShelf').mockReturnValue(new Promise((resolve) => (there = () => resolve(memory))))
    vi.spyOn(rules, 'loadChecker').mockReturnValue(new Promise(() => undefined))
    const save = vi.spyOn(reporting, 'saveValues').mockResolvedValue({ data: { version: 4, savedAt: '2026-11-23T00:00:00Z', state: 'draft', results: [], completion: 1, setAside: [] }, etag: '"v4"' })
    const { form, page } = open()
    void form.load()
    await flushPromises()
    expect(form.editable.value).toBe(true)
    form.setCell('rooms', 7)
    form.setInvalid([{ at: 'rooms2', text: 'many' }])
    there()
    await flushPromises()
    expect(form.values.value).toEqual({ rooms: 7 })
    await form.flush()
    expect(save.mock.calls[0]?.[2].changes).toEqual([{ at: 'rooms', value: 7 }])
    page.unmount()
  })

  /** The queue's file as it comes over a line that is cut. */
  function holdCode() {
    let come!: () => void
    const code = new Promise<later.InFull>((resolve) => (come = () => resolve(inFull)))
    let cut = () => undefined as void
    vi.spyOn(later, 'inFull').mockImplementation((missing) => {
      cut = () => missing?.()
      return code
    })
    return { come, cut: () => cut() }
  }

  it('keeps what is typed before the queue’s code has come, on the device too, and sends it once it has', async () => {
    vi.spyOn(shelf, 'theShelf').mockResolvedValue(shelf.plainShelf('memory', shelf.memoryStorage()))
    vi.spyOn(rules, 'loadChecker').mockReturnValue(new Promise(() => undefined))
    const save = vi.spyOn(reporting, 'saveValues').mockResolvedValue({ data: { version: 4, savedAt: '2026-11-23T00:00:00Z', state: 'draft', results: [], completion: 1, setAside: [] }, etag: '"v4"' })
    const code = holdCode()
    const { form, page } = open()
    void form.load()
    await flushPromises()
    form.setCell('rooms', 7)
    expect([form.saveState.value, JSON.parse(localStorage.getItem(leftKey('p', 'r1')) ?? '{}').changes]).toEqual(['waiting', [{ at: 'rooms', value: 7, was: null }]])
    code.cut()
    expect(form.saveState.value).toBe('offline')
    await expect(form.complete()).rejects.toThrow()
    code.come()
    await form.flush()
    expect(save.mock.calls.map(([, , { changes }]) => changes)).toEqual([[{ at: 'rooms', value: 7 }]])
    expect([form.values.value, form.saveState.value, localStorage.getItem(leftKey('p', 'r1'))]).toEqual([{ rooms: 7 }, 'saved', null])
    page.unmount()
  })

  it('sends it also when its page was left before the code came', async () => {
    const memory = shelf.plainShelf('memory', shelf.memoryStorage())
    vi.spyOn(shelf, 'theShelf').mockResolvedValue(memory)
    vi.spyOn(rules, 'loadChecker').mockReturnValue(new Promise(() => undefined))
    const save = vi.spyOn(reporting, 'saveValues').mockResolvedValue({ data: { version: 4, savedAt: '2026-11-23T00:00:00Z', state: 'draft', results: [], completion: 1, setAside: [] }, etag: '"v4"' })
    const code = holdCode()
    const { form, page } = open()
    void form.load()
    await flushPromises()
    form.setCell('rooms', 8)
    page.unmount()
    code.come()
    await vi.waitFor(() => expect(save.mock.calls.map(([, , { changes }]) => changes)).toEqual([[{ at: 'rooms', value: 8 }]]), { timeout: 15_000 })
    await vi.waitFor(async () => expect(await memory.all()).toEqual([]), { timeout: 15_000 })
  }, 60_000)

  it('asks for its own module of the programme, and says when the rules cannot be had', async () => {
    vi.spyOn(shelf, 'theShelf').mockResolvedValue(shelf.plainShelf('memory', shelf.memoryStorage()))
    vi.spyOn(rules, 'loadChecker').mockRejectedValue(new Error('cut'))
    const { form, page } = open()
    await form.load()
    await flushPromises()
    expect(vi.mocked(reporting.readModuleForm)).toHaveBeenCalledWith('k', '1', 'm')
    expect(form.loadProblem.value).toBeInstanceOf(Error)
    page.unmount()
  })
})
