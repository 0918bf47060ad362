import { computed } from 'vue'
import { createI18n, useI18n } from 'vue-i18n'
import type { Texts } from '@/api/types'
import zh from '../../locales/zh-CN.json'

export type Locale = 'zh-CN' | 'en'
const remembered = 'gengdu.locale'

export function startLocale(): Locale {
  const stored = localStorage.getItem(remembered)
  if (stored === 'en' || stored === 'zh-CN') return stored
  // Chinese first: English only for a browser that asks for no Chinese at all.
  const wanted = navigator.languages ?? []
  return wanted.length === 0 || wanted.some((one) => one.startsWith('zh')) ? 'zh-CN' : 'en'
}

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN' as Locale,
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zh } as Record<Locale, typeof zh>,
})

export const currentLocale = () => i18n.global.locale.value as Locale

/** Chinese is in the first load; English comes when it is asked for. */
export async function setLocale(locale: Locale) {
  if (locale === 'en' && !i18n.global.availableLocales.includes('en')) {
    i18n.global.setLocaleMessage('en', (await import('../../locales/en.json')).default)
  }
  i18n.global.locale.value = locale
  localStorage.setItem(remembered, locale)
  document.documentElement.lang = locale
}

/** The app's words, and the texts and names that come from the programme or the server, in the current language. */
export function useWords() {
  const { t, te, locale } = useI18n()
  const isChinese = computed(() => locale.value.startsWith('zh'))
  const tx = (texts: Texts | string | null | undefined) =>
    texts == null ? '' : typeof texts === 'string' ? texts : isChinese.value ? texts.zh : texts.en || texts.zh
  const nameOf = (named: { nameZh: string; nameEn?: string | null }) =>
    isChinese.value ? named.nameZh : named.nameEn || named.nameZh
  return { t, te, tx, nameOf, locale, isChinese }
}
