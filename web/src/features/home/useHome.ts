import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { readHome } from '@/api/clocks'

/** All that supervision knows of a desk, in one request. */
export const useHome = (organisationId: MaybeRefOrGetter<string>) =>
  useQuery({
    queryKey: ['held', 'home', computed(() => toValue(organisationId))],
    queryFn: () => readHome(toValue(organisationId)),
    enabled: computed(() => toValue(organisationId) !== ''),
    refetchInterval: 30_000,
  })
