import type { Area, Light, NodeChild, Texts } from '@/api/types'
import { formatScore, formatShare, inTurn, missing } from '@/ui/format'

/** What a map or a ranking can show of each child. Every measure is a share 0…1, so that one scale serves all. */
export type Measure = { key: string; name: Texts; read: (child: NodeChild) => number | null; light: (child: NodeChild) => Light }

export function measuresOf(areas: Area[]): Measure[] {
  return [
    { key: 'rate', name: { zh: '上报率', en: 'Submitted' }, read: (child) => asShare(child.completeness.rate), light: () => 'none' },
    { key: 'timely', name: { zh: '按时率', en: 'On time' }, read: (child) => asShare(child.completeness.timelyRate), light: () => 'none' },
    { key: 'accepted', name: { zh: '省级确认', en: 'Accepted' }, light: () => 'none',
      read: (child) => (child.completeness.due ? child.completeness.accepted / child.completeness.due : null) },
    { key: 'index', name: { zh: '实施指数', en: 'Index' }, read: (child) => asScore(child.index.value), light: (child) => child.index.light },
    ...areas.map((area) => ({
      key: `area:${area.key}`, name: area.name,
      read: (child: NodeChild) => asScore(child.areas.find((one) => one.key === area.key)?.score ?? null),
      light: (child: NodeChild) => child.areas.find((one) => one.key === area.key)?.light ?? ('none' as Light),
    })),
  ]
}

const asShare = (value: number | null) => (value == null ? null : Math.min(1, Math.max(0, value)))

/** Scores and the index count to 100. */
export const asScore = (value: number | null | undefined) => (value == null ? null : value / 100)

/** Closer together near the top: between 85 and 95 per cent lies most of what a deadline day is about. */
export const limits = [0.5, 0.7, 0.85, 0.95] as const

/** The class of a value on the five-step scale; null has none and is drawn as missing. */
export const stepOf = (value: number | null) => (value === null ? null : limits.filter((limit) => value >= limit).length)

export const measureText = (measure: Measure, value: number | null, locale: string) =>
  value === null ? missing : measure.key === 'index' || measure.key.startsWith('area:') ? formatScore(value * 100) : formatShare(value, locale)

/** Ranked best first; those without a value come last, in the order of their codes. */
export function ranked(children: NodeChild[], measure: Measure): { child: NodeChild; value: number | null; rank: number | null }[] {
  const rows = children.map((child) => ({ child, value: measure.read(child), rank: null as number | null }))
    .sort((a, b) => (b.value ?? -1) - (a.value ?? -1) || inTurn(a.child.organisation.code, b.child.organisation.code))
  // Who is level shares a place, as in any table of sports.
  rows.forEach((row, at) => { row.rank = row.value === null ? null : rows[at - 1]?.value === row.value ? rows[at - 1]!.rank : at + 1 })
  return rows
}
