import type { NewCycle, Programme } from '@/api/types'

/** What the form asks for: days, not moments. A deadline day ends when it ends in Hebei. */
export type CycleDraft = {
  nameZh: string
  nameEn: string
  academicYear: string
  term: 'autumn' | 'spring' | 'year'
  start: string
  end: string
  fiscalYear: number
  opensOn: string
  school: string
  county: string
  city: string
  province: string
  graceMinutes: number
  moduleKeys: string[]
}

const day = (date: Date) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(date)
const plus = (iso: string, days: number) => new Date(Date.parse(`${iso}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** A sensible start: the running semester, deadlines spaced as the calendar of the field has them. */
export function suggestDraft(now: Date, programme: Programme | null): CycleDraft {
  const today = day(now)
  const year = Number(today.slice(0, 4))
  const month = Number(today.slice(5, 7))
  const first = month >= 8 ? year : year - 1
  const autumn = month >= 8 || month === 1
  const school = plus(today, 20)
  return {
    nameZh: `${first}–${first + 1} 学年${autumn ? '第一' : '第二'}学期劳动教育填报`,
    nameEn: `Labor education, ${autumn ? 'autumn' : 'spring'} semester ${first}–${first + 1}`,
    academicYear: `${first}-${first + 1}`,
    term: autumn ? 'autumn' : 'spring',
    start: autumn ? `${first}-09-01` : `${first + 1}-02-20`,
    end: autumn ? `${first + 1}-01-31` : `${first + 1}-07-10`,
    fiscalYear: year - 1,
    opensOn: today,
    school,
    county: plus(school, 10),
    city: plus(school, 20),
    province: plus(school, 30),
    graceMinutes: 120,
    moduleKeys: programme ? [...programme.programme.modules, ...programme.programme.departmentModules] : [],
  }
}

export type DraftFault = 'name' | 'period' | 'deadlines' | 'modules'

export function faultsOf(draft: CycleDraft): DraftFault[] {
  const faults: DraftFault[] = []
  if (!draft.nameZh.trim() || !draft.nameEn.trim()) faults.push('name')
  if (!(draft.start < draft.end)) faults.push('period')
  const days = [draft.opensOn, draft.school, draft.county, draft.city, draft.province]
  if (days.some((one, index) => !one || (index > 0 && one < days[index - 1]!))) faults.push('deadlines')
  if (draft.moduleKeys.length === 0) faults.push('modules')
  return faults
}

const endOf = (date: string) => `${date}T23:59:59+08:00`

export const toCycle = (draft: CycleDraft, programmeKey: string): NewCycle => ({
  programmeKey,
  nameZh: draft.nameZh.trim(),
  nameEn: draft.nameEn.trim(),
  period: { key: `${draft.academicYear}-${draft.term}`, academicYear: draft.academicYear, start: draft.start, end: draft.end, fiscalYear: draft.fiscalYear },
  moduleKeys: draft.moduleKeys,
  opensAt: `${draft.opensOn}T00:00:00+08:00`,
  deadlines: { school: endOf(draft.school), county: endOf(draft.county), city: endOf(draft.city), province: endOf(draft.province) },
  graceMinutes: draft.graceMinutes,
})
