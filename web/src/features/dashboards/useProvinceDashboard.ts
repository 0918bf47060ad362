import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { readMatrix } from '@/api/comparisons'
import type { NodeChild } from '@/api/types'
import { childrenOf } from '@/features/maps/childrenOf'
import { useNodeDashboard } from './useNodeDashboard'

/** The province's page: its own figures as they are pushed and, when counties are shown, all of them in one answer. */
export function useProvinceDashboard(
  organisationId: MaybeRefOrGetter<string>, cycleId: MaybeRefOrGetter<string>, withCounties: MaybeRefOrGetter<boolean>,
) {
  const province = useNodeDashboard(organisationId, cycleId)
  const units = computed(() => province.data.value?.children ?? [])
  const matrix = useQuery({
    queryKey: ['comparisons', 'matrix', 'counties', computed(() => toValue(organisationId)), computed(() => toValue(cycleId))],
    queryFn: ({ signal }) => readMatrix({ organisationId: toValue(organisationId), cycleId: toValue(cycleId) }, 'counties', signal),
    enabled: computed(() => toValue(withCounties) && toValue(organisationId) !== '' && toValue(cycleId) !== ''),
    refetchInterval: 15_000,
    placeholderData: keepPreviousData,
  })
  const counties = computed<NodeChild[]>(() => (matrix.data.value ? childrenOf(matrix.data.value) : []))
  const countiesPending = computed(() => matrix.isPending.value)
  const countiesFailed = computed(() => matrix.error.value !== null)

  return { ...province, units, counties, countiesPending, countiesFailed }
}
