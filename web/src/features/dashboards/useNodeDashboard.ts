import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { readNode, readSchool } from '@/api/analytics'

export const refreshEvery = 5_000

/** Keeps the last figures on the page when a refresh fails, and says that they are old. */
export function useNodeDashboard(organisationId: MaybeRefOrGetter<string>, cycleId: MaybeRefOrGetter<string>) {
  const query = useQuery({
    queryKey: ['dashboard', 'node', computed(() => toValue(organisationId)), computed(() => toValue(cycleId))],
    queryFn: ({ signal }) => readNode(toValue(organisationId), toValue(cycleId), signal),
    enabled: computed(() => toValue(organisationId) !== '' && toValue(cycleId) !== ''),
    refetchInterval: refreshEvery,
    placeholderData: keepPreviousData,
  })
  return withFreshness(query)
}

export function useSchoolDashboard(organisationId: MaybeRefOrGetter<string>, cycleId: MaybeRefOrGetter<string>) {
  const query = useQuery({
    queryKey: ['dashboard', 'school', computed(() => toValue(organisationId)), computed(() => toValue(cycleId))],
    queryFn: ({ signal }) => readSchool(toValue(organisationId), toValue(cycleId), signal),
    enabled: computed(() => toValue(organisationId) !== '' && toValue(cycleId) !== ''),
    refetchInterval: refreshEvery,
  })
  return withFreshness(query)
}

function withFreshness<Q extends { data: { value: unknown }; error: { value: unknown }; isPending: { value: boolean }; dataUpdatedAt: { value: number }; refetch: () => unknown }>(query: Q) {
  return {
    data: query.data as Q['data'],
    pending: computed(() => query.isPending.value && query.error.value === null),
    /** Nothing to show at all; a failed refresh of figures that are there is `refreshFailed`. */
    problem: computed(() => (query.data.value === undefined ? query.error.value : null)),
    refreshFailed: computed(() => query.data.value !== undefined && query.error.value !== null),
    checkedAt: computed(() => query.dataUpdatedAt.value),
    refetch: () => void query.refetch(),
  }
}
