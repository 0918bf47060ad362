import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter, type Ref } from 'vue'
import { readNode, readSchool } from '@/api/analytics'
import type { NodeDashboard } from '@/api/types'
import { fromAbove } from './fromAbove'
import { useLastAnswer } from './useLastAnswer'
import { useLiveFigures } from './useLiveFigures'
import { useLiveSchool } from './useLiveSchool'

export const refreshEvery = 5_000
/** While the server pushes what is new at the place itself, the places below are read more rarely, and not by all pages at once. */
const refreshLive = 9_000 + Math.round(Math.random() * 2_000)

/** A school is told when something of its own is new; the medians beside it move with its neighbours. */
const refreshMedians = 60_000 + Math.round(Math.random() * 10_000)

/** Keeps the last figures on the page when a refresh fails, and says that they are old. */
export function useNodeDashboard(organisationId: MaybeRefOrGetter<string>, cycleId: MaybeRefOrGetter<string>) {
  const live = useLiveFigures(organisationId, cycleId)
  const client = useQueryClient()
  const query = useQuery({
    queryKey: ['dashboard', 'node', computed(() => toValue(organisationId)), computed(() => toValue(cycleId))],
    queryFn: ({ signal }) => readNode(toValue(organisationId), toValue(cycleId), signal),
    enabled: computed(() => toValue(organisationId) !== '' && toValue(cycleId) !== ''),
    refetchInterval: computed(() => (live.value ? refreshLive : refreshEvery)),
    // The same place in another cycle stays until the other is there; another place begins with what the page above knew of it.
    placeholderData: (before) => (before?.organisation.id === toValue(organisationId) ? before
      : fromAbove(client.getQueriesData<NodeDashboard>({ queryKey: ['dashboard', 'node'] }).map(([, page]) => page).filter((page) => page?.cycleId === toValue(cycleId)), toValue(organisationId))),
  })
  const shown = withFreshness(query, () => `figures/${toValue(organisationId)}/${toValue(cycleId)}`)
  return { ...shown, partly: computed(() => query.isPlaceholderData.value && shown.data.value?.indicators.length === 0) }
}

export function useSchoolDashboard(organisationId: MaybeRefOrGetter<string>, cycleId: MaybeRefOrGetter<string>) {
  const live = useLiveSchool(organisationId, cycleId)
  const query = useQuery({
    queryKey: ['dashboard', 'school', computed(() => toValue(organisationId)), computed(() => toValue(cycleId))],
    queryFn: ({ signal }) => readSchool(toValue(organisationId), toValue(cycleId), signal),
    enabled: computed(() => toValue(organisationId) !== '' && toValue(cycleId) !== ''),
    refetchInterval: computed(() => (live.value ? refreshMedians : refreshEvery)),
  })
  return withFreshness(query, () => `figures/${toValue(organisationId)}/${toValue(cycleId)}`)
}

type Asked<T> = {
  data: Ref<T | undefined>; error: Ref<unknown>; failureReason: Ref<unknown>; isPending: Ref<boolean>; isPlaceholderData: Ref<boolean>; dataUpdatedAt: Ref<number>; refetch: () => unknown
}

function withFreshness<T extends object>(query: Asked<T>, name: () => string) {
  const last = useLastAnswer(name, query)
  return {
    data: last.data,
    pending: computed(() => last.data.value === undefined && query.isPending.value && query.error.value === null),
    /** Nothing to show at all; a failed refresh of figures that are there, and the last figures read on this device, are `refreshFailed`. */
    problem: computed(() => (last.data.value === undefined ? query.error.value : null)),
    refreshFailed: computed(() => last.isLast.value || (query.data.value !== undefined && query.error.value !== null)),
    checkedAt: last.checkedAt,
    refetch: () => void query.refetch(),
  }
}
