import { computed, ref, shallowRef } from 'vue'
import { readMe, readSession, signInAddress, signOut } from '@/api/identity'
import type { Level, Me, Organisation, Role } from '@/api/types'

/** One desk of a person: an organisation with everything this person may do there. */
export type Workspace = { organisation: Organisation; roles: Role[]; level: Level }

const remembered = 'gengdu.workspace'
const me = shallowRef<Me | null>(null)
const chosen = ref<string | null>(localStorage.getItem(remembered))

const levelOf: Record<Role, Level | null> = {
  'reporter': null,
  'approver': null,
  'county-reviewer': 'county',
  'city-supervisor': 'city',
  'province-owner': 'province',
  'administrator': 'province',
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
  const session = await readSession()
  if (!session.signedIn) return 'out'
  me.value = await readMe()
  return 'in'
}

function choose(organisationId: string) {
  chosen.value = organisationId
  localStorage.setItem(remembered, organisationId)
}

async function leave() {
  const { redirectTo } = await signOut()
  me.value = null
  window.location.assign(redirectTo || '/')
}

const goToSignIn = (returnUrl = window.location.pathname + window.location.search) =>
  window.location.assign(signInAddress(returnUrl))

const may = (...roles: Role[]) => roles.some((role) => workspace.value?.roles.includes(role))

export const useSession = () => ({ me, workspace, workspaces, start, choose, leave, goToSignIn, may })
