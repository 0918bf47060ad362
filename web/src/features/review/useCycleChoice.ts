import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { sortedCycles, useCycles } from '@/api/queries'

/** The cycle a page speaks of, kept in its address so that a link shows the same. */
export function useCycleChoice() {
  const route = useRoute()
  const router = useRouter()
  const query = useCycles()
  const cycles = computed(() => sortedCycles(query.data.value ?? []))
  const cycle = computed(() => cycles.value.find((one) => one.id === route.query.cycle) ?? cycles.value[0] ?? null)
  const choose = (id: string) => router.replace({ query: { ...route.query, cycle: id } })
  return { cycles, cycle, choose, error: query.error, isPending: query.isPending, refetch: query.refetch }
}
