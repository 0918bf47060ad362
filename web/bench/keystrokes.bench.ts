import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mount } from '@vue/test-utils'
import { bench, describe } from 'vitest'
import { computed, defineComponent, h, nextTick, ref, shallowRef } from 'vue'
import type { ModuleDefinition, Programme, Values } from '@/api/types'
import { writeCell } from '@/features/forms/cells'
import FormBody from '@/features/forms/FormBody.vue'
import { provideForm } from '@/features/forms/formContext'
import { explanationMap } from '@/features/forms/ruleResults'
import { loadChecker } from '@/features/forms/rules'

// One keystroke in a form of 2,100 cells, all of them drawn: the rules of the module, the marks, the cell. To hold: 50 ms. The form itself asks
// the rules only when the fingers rest; here they are asked at each keystroke, so this is the most one can cost.
const pack = join(process.cwd(), '../programmes/labor-education')
const read = (path: string) => JSON.parse(readFileSync(join(pack, path), 'utf8'))
const programme = { programme: read('programme.json'), modules: readdirSync(join(pack, 'modules')).map((file) => read(`modules/${file}`)), indicators: [] } as unknown as Programme
const definition = programme.modules.find((one) => one.key === 'teaching-staff') as ModuleDefinition
const grades = ['g1', 'g2', 'g3', 'g4', 'g5', 'g6']
const context = {
  school: { code: '2113000001', type: 'primary', grades, stages: ['primary'], urbanRural: 'city', runBy: 'education', isTeachingPoint: false },
  period: { today: '2026-11-22', start: '2026-09-01', end: '2027-01-31', academicYearStart: '2026-09-01', academicYearEnd: '2027-08-31', fiscalYear: 2026 },
} as unknown as Parameters<typeof loadChecker>[3]
const checker = await loadChecker(programme, definition, {}, context)
const rows = Array.from({ length: 300 }, (_, index) => ({ _id: `r${index + 1}`, staff_ref: `T${index}`, major: '园艺', hours: index % 20, trained_hours: index % 50 }))
const values = shallowRef<Values>({ roster: rows as unknown as Values['roster'], ft_labor: 20 })

const Form = defineComponent(() => {
  provideForm({
    programme: ref(programme), definition: ref(definition), values, grades: ref(grades), editable: ref(true),
    results: computed(() => checker.results(values.value)), explanations: shallowRef(explanationMap([])),
    invalid: shallowRef(new Map()), refused: shallowRef(new Map()), reasons: ref([]), isShown: (key) => checker.isShown(key, values.value),
    setCell: (at, value) => (values.value = writeCell(values.value, at, value)), setInvalid: () => undefined, explain: () => undefined,
  })
  return () => h(FormBody)
})
window.matchMedia = (() => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined })) as unknown as typeof window.matchMedia
Object.assign(globalThis, { IntersectionObserver: undefined })
const started = performance.now()
const form = mount(Form, { attachTo: document.body })
// Sections are drawn one by one; the page of a browser comes to rest in between.
while (form.findAll('section').length < definition.sections.length) await new Promise((resume) => setTimeout(resume, 10))
console.info(`${document.querySelectorAll('[data-at]').length} cells drawn in ${Math.round(performance.now() - started)} ms`)

let count = 0
const cellAt = (at: string) => form.get(`[data-at="${at}"]`).element as HTMLInputElement
const [inRow, alone] = [cellAt('roster/r150/hours'), cellAt('ft_labor')]
async function type(cell: HTMLInputElement) {
  cell.value = String(count++ % 20)
  cell.dispatchEvent(new Event('input'))
  await nextTick()
}

describe('a keystroke', () => {
  bench('in a row among 300', () => type(inRow), { time: 3000 })
  bench('in a field of its own', () => type(alone), { time: 3000 })
})
