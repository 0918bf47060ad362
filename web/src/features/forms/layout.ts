import type { CellValue, Field, ModuleDefinition, Values } from '@/api/types'
import { isEmpty } from './cells'
import { blocksOf, fieldsOf, type Block } from './completion'

export type DrawnSection = ModuleDefinition['sections'][number] & { drawn: Field[]; blocks: Block[] }

const hasValue = (value: CellValue | undefined) => !isEmpty(value) && (typeof value !== 'object' || Object.keys(value ?? {}).length > 0)

/** Fields on the form now. One that is not asked for but has a value stays in sight, or nobody could clear it. */
export const drawnKeys = (fields: Field[], values: Values, grades: string[], isShown: (key: string) => boolean): string[] =>
  fields.filter((field) => hasValue(values[field.key]) || (isShown(field.key) && (field.grades == null || field.grades.some((grade) => grades.includes(grade)))))
    .map((field) => field.key)

const textsOf = (field: Field): string => [field.number, field.name.zh, field.name.en, field.help?.zh, field.help?.en, ...(field.columns ?? []).map(textsOf)].filter(Boolean).join(' ')

/** Whether a field is meant by what somebody types to find it: every word in its number, names, help or columns. */
export function isMeant(field: Field, words: string): boolean {
  const text = textsOf(field).toLowerCase()
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word))
}

/** The sections with the fields that are drawn, those meant by the filter. A section whose own name is meant stays whole. */
export function layoutOf(definition: ModuleDefinition, keys: ReadonlySet<string>, words = ''): DrawnSection[] {
  const filter = words.trim()
  return definition.sections.map((section) => {
    const whole = filter === '' || `${section.name.zh} ${section.name.en}`.toLowerCase().includes(filter.toLowerCase())
    const drawn = fieldsOf(definition, section.fields).filter((field) => keys.has(field.key) && (whole || isMeant(field, filter)))
    return { ...section, drawn, blocks: blocksOf(drawn) }
  }).filter((section) => section.drawn.length > 0)
}

/** As many cells as fill a phone's screen below the head of the page. */
const screenful = 12

/** How many fields are drawn at each step: a screenful at once, then the rest of its section, then section by section. */
export function stepsOf(sections: DrawnSection[], cellsIn: (field: Field) => number): number[] {
  let [fields, cells] = [0, 0]
  const ends = sections.map((section) => (fields += section.drawn.length))
  const begun = (sections[0]?.drawn ?? []).findIndex((field) => (cells += cellsIn(field)) >= screenful) + 1
  return begun > 0 && begun < ends[0]! ? [begun, ...ends] : ends
}

/** The form as far as its first fields go. A section that is drawn whole stays the same object. */
export function firstOf(sections: DrawnSection[], count: number): DrawnSection[] {
  let left = count
  return sections.flatMap((section) => {
    const fits = section.drawn.length <= left
    const part = fits ? section : left > 0 ? { ...section, blocks: blocksOf(section.drawn.slice(0, left)) } : []
    left -= section.drawn.length
    return part
  })
}
