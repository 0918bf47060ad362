import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { readMapInForce, readShapes } from '@/api/maps'

/** The map that the province has chosen. Until it is known, and when it cannot be read, pages show the cartogram, which is always there. */
export function useMapInForce() {
  const { data: inForce } = useQuery({ queryKey: ['maps', 'in-force'], queryFn: readMapInForce, staleTime: 300_000 })
  const number = computed(() => inForce.value?.number ?? null)
  const { data: outlines } = useQuery({ queryKey: ['maps', 'shapes', number], queryFn: () => readShapes(number.value!), enabled: computed(() => number.value !== null), staleTime: Infinity })
  return { inForce, outlines }
}
