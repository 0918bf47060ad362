import { computed, shallowRef } from 'vue'
import type { Texts } from '@/api/types'
import { say, textAt, type Words } from './say'
import chinese from 'virtual:texts/zh-CN/school'

export type Locale = 'zh-CN' | 'en'
const remembered = 'gengdu.locale'

export function startLocale(): Locale {
  const stored = localStorage.getItem(remembered)
  if (stored === 'en' || stored === 'zh-CN') return stored
  // Chinese first: English only for a browser that asks for no Chinese at all.
  const wanted = navigator.languages ?? []
  return wanted.length === 0 || wanted.some((one) => one.startsWith('zh')) ? 'zh-CN' : 'en'
}

// Chinese is in the first load; English comes when it is asked for. Both in two halves (scripts/texts.mjs): what a school's pages
// say, and the rest, which the pages of offices bring along.
const halves = {
  'zh-CN': { school: () => Promise.resolve({ default: chinese }), others: () => import('virtual:texts/zh-CN/others') },
  'en': { school: () => import('virtual:texts/en/school'), others: () => import('virtual:texts/en/others') },
}
const had = new Set<string>(['zh-CN/school'])
let wanted = false

/** The language that is spoken, and the texts that have come so far; another object whenever one of them is another. */
const spoken = shallowRef({ locale: 'zh-CN' as Locale, words: { 'zh-CN': chinese, 'en': {} } as Record<Locale, Words>, found: new Map<string, string | undefined>() })
const speak = (locale: Locale, words: Record<Locale, Words>) => (spoken.value = { locale, words, found: new Map() })

export const currentLocale = () => spoken.value.locale

/** A text in the language spoken, else in Chinese. Each is looked for once. */
function textOf(key: string) {
  const { locale, words, found } = spoken.value
  if (!found.has(key)) found.set(key, textAt(words[locale], key) ?? textAt(words['zh-CN'], key))
  return found.get(key)
}

function t(key: string, values?: object, number?: number) {
  const text = textOf(key)
  if (text !== undefined) return say(text, values as Record<string, unknown>, number)
  // A word of the other half on a school's page: nothing for a moment rather than a key, until it is there.
  if (had.has(`${currentLocale()}/others`)) return key
  void allTexts().catch(() => undefined)
  return ' '
}

const te = (key: string, locale: string = currentLocale()) => textAt(spoken.value.words[locale as Locale] ?? {}, key) !== undefined

async function have(locale: Locale, half: 'school' | 'others') {
  if (had.has(`${locale}/${half}`)) return
  const { default: texts } = await halves[locale][half]()
  had.add(`${locale}/${half}`)
  const { locale: now, words } = spoken.value
  speak(now, { ...words, [locale]: { ...words[locale], ...texts } })
}

/** Everything the app can say, in the language it speaks and in those it will be asked to speak. */
export function allTexts() {
  wanted = true
  return have(currentLocale(), 'others')
}

export async function setLocale(locale: Locale) {
  await Promise.all([have(locale, 'school'), wanted ? have(locale, 'others') : undefined])
  if (locale !== currentLocale()) speak(locale, spoken.value.words)
  localStorage.setItem(remembered, locale)
  document.documentElement.lang = locale
}

const locale = computed(currentLocale)
const isChinese = computed(() => currentLocale().startsWith('zh'))
const tx = (texts: Texts | string | null | undefined) =>
  texts == null ? '' : typeof texts === 'string' ? texts : isChinese.value ? texts.zh : texts.en || texts.zh
const nameOf = (named: { nameZh: string; nameEn?: string | null }) => (isChinese.value ? named.nameZh : named.nameEn || named.nameZh)

/** The app's words, and the texts and names that come from the programme or the server, in the current language. */
export const useWords = () => ({ t, te, tx, nameOf, locale, isChinese })
