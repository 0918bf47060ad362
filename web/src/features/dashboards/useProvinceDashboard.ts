import { useQueries } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { readNode } from '@/api/analytics'
import type { NodeChild } from '@/api/types'
import { useNodeDashboard } from './useNodeDashboard'

/** The province's page: the province itself every five seconds and, when counties are shown, its cities' pages. */
export function useProvinceDashboard(
  organisationId: MaybeRefOrGetter<string>, cycleId: MaybeRefOrGetter<string>, withCounties: MaybeRefOrGetter<boolean>,
) {
  const province = useNodeDashboard(organisationId, cycleId)
  const units = computed(() => province.data.value?.children ?? [])
  // A unit that is city and county at once is a tile of both maps; it has no counties to ask for.
  const cities = computed(() => units.value.filter((one) => !one.organisation.levelRoles?.includes('county')))

  const pages = useQueries({
    queries: computed(() => !toValue(withCounties) ? [] : cities.value.map((city) => ({
      queryKey: ['dashboard', 'node', city.organisation.id, toValue(cycleId)],
      queryFn: () => readNode(city.organisation.id, toValue(cycleId)),
      refetchInterval: 15_000,
    }))),
  })
  const counties = computed<NodeChild[]>(() => [
    ...units.value.filter((one) => one.organisation.levelRoles?.includes('county')),
    ...pages.value.flatMap(({ data }) => data?.children ?? []),
  ])
  const countiesPending = computed(() => pages.value.some(({ isPending }) => isPending))
  const countiesFailed = computed(() => pages.value.filter(({ error, data }) => error !== null && !data).length)

  return { ...province, units, counties, countiesPending, countiesFailed }
}
