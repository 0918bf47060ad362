import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { readNode } from '@/api/analytics'
import { readMatrix } from '@/api/comparisons'
import type { NodeChild } from '@/api/types'
import { childrenOf } from './childrenOf'

/** One place in one cycle: what lies directly below it, or one level deeper. What was shown stays until the next has come. */
export function useMapFrame(organisationId: MaybeRefOrGetter<string>, cycleId: MaybeRefOrGetter<string>, deeper: MaybeRefOrGetter<boolean>) {
  const query = useQuery({
    queryKey: ['dashboard', 'node', computed(() => toValue(organisationId)), computed(() => toValue(cycleId))],
    queryFn: ({ signal }) => readNode(toValue(organisationId), toValue(cycleId), signal),
    enabled: computed(() => toValue(organisationId) !== '' && toValue(cycleId) !== ''),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  })
  const below = useQuery({
    queryKey: ['comparisons', 'matrix', 'counties', computed(() => toValue(organisationId)), computed(() => toValue(cycleId))],
    queryFn: ({ signal }) => readMatrix({ organisationId: toValue(organisationId), cycleId: toValue(cycleId) }, 'counties', signal),
    enabled: computed(() => toValue(deeper) && toValue(organisationId) !== '' && toValue(cycleId) !== ''),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  })
  const children = computed<NodeChild[]>(() => !toValue(deeper) ? (query.data.value?.children ?? []) : below.data.value ? childrenOf(below.data.value) : [])
  return {
    data: query.data, children,
    pending: computed(() => query.isPending.value && query.error.value === null),
    problem: computed(() => (query.data.value === undefined ? query.error.value : null)),
    /** What is shown is of another cycle, or not whole yet. */
    behind: computed(() => query.isPlaceholderData.value || (toValue(deeper) && (below.isPending.value || below.isPlaceholderData.value))),
    failed: computed(() => (query.error.value !== null && query.data.value !== undefined) || (toValue(deeper) && below.error.value !== null)),
    refetch: () => void query.refetch(),
  }
}
