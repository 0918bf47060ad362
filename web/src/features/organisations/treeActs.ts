import type { ChangeKind } from '@/api/organisations'
import type { Level, Me, TreeNode } from '@/api/types'

export const schoolTypes = ['primary', 'teaching-point', 'junior', 'nine-year', 'senior', 'complete-secondary', 'twelve-year', 'vocational', 'special'] as const
export const grades = ['g1', 'g2', 'g3', 'g4', 'g5', 'g6', 'g7', 'g8', 'g9', 'g10', 'g11', 'g12', 'v1', 'v2', 'v3']

const classes: Record<string, string> = {
  'primary': '21', 'teaching-point': '21', 'junior': '31', 'nine-year': '31', 'senior': '34', 'complete-secondary': '34', 'twelve-year': '34', 'vocational': '36', 'special': '51',
}

/** The first two digits of a school code: another class brings a new code. */
export const codeClass = (schoolType: string | null | undefined) => classes[schoolType ?? ''] ?? ''

export const isOpen = (one: TreeNode) => one.validTo == null

/** Whoever administers the place above decides; the province about itself. */
export function decides(me: Me | null, one: TreeNode): boolean {
  return (me?.assignments ?? []).some(({ role, organisation: { path } }) =>
    role === 'administrator' && path != null && one.path.startsWith(path) && (one.parentId == null || one.path !== path))
}

/** What can be done with it, the commonest first. */
export function actsFor(one: TreeNode): ChangeKind[] {
  if (!isOpen(one)) return []
  if (one.parentId == null) return ['rename']
  if (one.kind === 'school') return ['rename', 'move', 'retype', 'merge', 'split', 'close']
  return one.levelRoles.includes('city') ? ['rename', 'close'] : ['rename', 'move', 'merge', 'close']
}

/** Below which level such an organisation stands, and with which it merges. */
export const parentLevel = (one: TreeNode): Level => (one.kind === 'school' ? 'county' : 'city')
export const ownLevel = (one: TreeNode): Level => one.levelRoles[0] ?? 'school'

/** Today in the province, as a date field wants it. */
export const today = (now = Date.now()) => new Date(now + 8 * 3_600_000).toISOString().slice(0, 10)

/** "g1", "g2", "g3", "g5" as people say it: 1–3, 5. */
export function gradeRanges(keys: readonly string[]) {
  const numbers = keys.flatMap((key) => (/^g\d+$/.test(key) ? [Number(key.slice(1))] : [])).sort((a, b) => a - b)
  const runs: number[][] = []
  for (const number of numbers) {
    const run = runs.at(-1)
    if (run && run.at(-1) === number - 1) run.push(number)
    else runs.push([number])
  }
  return [...runs.map((run) => (run.length > 1 ? `${run[0]}–${run.at(-1)}` : String(run[0]))), ...keys.filter((key) => !/^g\d+$/.test(key))].join(', ')
}
