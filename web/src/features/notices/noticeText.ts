import kinds from '../../../../contracts/Supervision/notice-kinds.json'
import { formatDay, formatMoment } from '@/ui/format'

type Words = { title: string; text: string }
export const noticeKinds: Record<string, { zh: Words; en: Words; links: string[] }> = kinds

const hole = /\{([A-Za-z]+)\}/g

/**
 * The texts of a notice in one language: {module} from "moduleZh" or "moduleEn", {dueAt} as a time, {lastDay} as a day, anything
 * else as it stands; a part in square brackets is left out where one of its holes stays empty. Identity fills mails the same way.
 */
export function noticeWords(notice: { kind: string; args: Record<string, string> }, locale: string): Words | null {
  const language = locale.startsWith('zh') ? 'zh' : 'en'
  const words = noticeKinds[notice.kind]?.[language]
  if (!words) return null
  const value = (name: string) => {
    const own = notice.args[name + (language === 'zh' ? 'Zh' : 'En')]
    const plain = own ?? notice.args[name]
    if (plain === undefined || own !== undefined) return plain
    return /At$/.test(name) ? formatMoment(plain, locale) : /Day$/.test(name) ? formatDay(plain, locale) : plain
  }
  const fill = (text: string) => text
    .replace(/\[([^\]]*)\]/g, (_, part: string) => ([...part.matchAll(hole)].every(([, name]) => value(name!)) ? part : ''))
    .replace(hole, (_, name: string) => value(name) ?? '')
  return { title: fill(words.title), text: fill(words.text) }
}
