import { computed, ref, shallowRef } from 'vue'
import { readMe, readSession, signInAddress, signOut } from '@/api/identity'
import { keepCopies, shownSince } from '@/api/copies'
import { Problem } from '@/api/problem'
import type { Level, Me, Organisation, Role } from '@/api/types'
import { copiesLater, inFull, inFullNow } from '@/features/keeping/later'
import { standing } from '@/ui/standing'
import { whenIdle } from '@/ui/whenIdle'
import { forgetLastBoard } from './lastBoard'
import { belongsTo } from './renewal'
import { startSessionEnd } from './sessionEnd'

/** One desk of a person: an organisation with everything this person may do there. */
export type Workspace = { organisation: Organisation; roles: Role[]; level: Level }

const remembered = 'gengdu.workspace'
const lastPerson = 'gengdu.person'
const keepAfter = 'gengdu.keepCopies'
const me = shallowRef<Me | null>(null)
const chosen = ref<string | null>(localStorage.getItem(remembered))

const levelOf: Record<Role, Level | null> = {
  'reporter': null,
  'approver': null,
  'county-reviewer': 'county',
  'city-supervisor': 'city',
  'province-owner': 'province',
  'administrator': 'province',
  'security-administrator': 'province',
  'auditor': 'province',
}

export function workspacesOf(person: Me | null): Workspace[] {
  const byOrganisation = new Map<string, Workspace>()
  for (const { role, organisation } of person?.assignments ?? []) {
    const level = organisation.levelRoles?.[0] ?? levelOf[role] ?? 'school'
    const workspace = byOrganisation.get(organisation.id) ?? { organisation, roles: [], level }
    if (!workspace.roles.includes(role)) workspace.roles.push(role)
    byOrganisation.set(organisation.id, workspace)
  }
  return [...byOrganisation.values()]
}

const workspaces = computed(() => workspacesOf(me.value))
const workspace = computed(
  () => workspaces.value.find((one) => one.organisation.id === chosen.value) ?? workspaces.value[0] ?? null,
)

async function start(): Promise<'in' | 'out'> {
  const personId = await whoIsHere()
  if (personId === null) return 'out'
  keepCopies(copiesLater(personId))
  me.value = await readMe()
  belongsTo(me.value.personId)
  localStorage.setItem(lastPerson, me.value.personId)
  void keepFor(me.value.personId)
  return 'in'
}

/** What waits on this device is sent, and what nobody needs any more goes: when the page stands. */
async function keepFor(own: string) {
  await standing
  const { startOutbox, tidyCopies } = await inFull()
  whenIdle(() => void tidyCopies(own).catch(() => undefined))
  await startOutbox(own)
}

/** Signed in; or, with no server to ask, whoever was last signed in on this device and has not signed out. */
async function whoIsHere(): Promise<string | null> {
  try {
    const session = await readSession()
    startSessionEnd(session)
    return session.signedIn ? (session.personId ?? localStorage.getItem(lastPerson) ?? '') : null
  } catch (error) {
    const last = localStorage.getItem(lastPerson)
    if (!last || !(error instanceof Problem) || !error.isTemporary) throw error
    if (!(await copiesLater(last).get('me').catch(() => null))) throw error
    shownSince.value = Date.now()
    return last
  }
}

function choose(organisationId: string) {
  chosen.value = organisationId
  localStorage.setItem(remembered, organisationId)
}

/** What was read on this device goes with the session, unless its owner wants to keep it. Unsent typing is another question. */
const keepsCopies = ref(localStorage.getItem(keepAfter) === '1')
function keepCopiesAfter(keep: boolean) {
  keepsCopies.value = keep
  localStorage.setItem(keepAfter, keep ? '1' : '0')
}

async function leave() {
  const { forgetCopies } = await inFullNow()
  const { redirectTo } = await signOut()
  localStorage.removeItem(lastPerson)
  forgetLastBoard()
  if (me.value && !keepsCopies.value) await forgetCopies(me.value.personId).catch(() => undefined)
  me.value = null
  window.location.assign(redirectTo || '/')
}

const goToSignIn = (returnUrl = window.location.pathname + window.location.search) =>
  window.location.assign(signInAddress(returnUrl))

const may = (...roles: Role[]) => roles.some((role) => workspace.value?.roles.includes(role))

export const useSession = () => ({ me, workspace, workspaces, start, choose, leave, goToSignIn, may, keepsCopies, keepCopiesAfter })
