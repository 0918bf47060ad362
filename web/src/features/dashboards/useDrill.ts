import { useQueryClient } from '@tanstack/vue-query'
import { onUnmounted, toValue, type MaybeRefOrGetter } from 'vue'
import { useRouter } from 'vue-router'
import { readNode, readSchool } from '@/api/analytics'
import type { NodeChild, Organisation } from '@/api/types'

type Place = Pick<Organisation, 'id'>
/** Who only passes over a place on the way to another does not mean it. */
const meant = 90

/** The way down: to a place's page, which is asked for as soon as somebody rests on it, so that it is there when they click. */
export function useDrill(cycleId: MaybeRefOrGetter<string>) {
  const router = useRouter()
  const client = useQueryClient()
  let timer = 0

  const to = (place: Place, school = false) =>
    ({ name: school ? 'school-dashboard' : 'dashboard', params: { organisationId: place.id }, query: { cycle: toValue(cycleId) } })
  const open = (child: NodeChild | undefined, school = false) => child && void router.push(to(child.organisation, school))

  function ahead(place: Place | undefined, school = false) {
    window.clearTimeout(timer)
    if (!place) return
    const cycle = toValue(cycleId)
    timer = window.setTimeout(() => void (school
      ? client.prefetchQuery({ queryKey: ['dashboard', 'school', place.id, cycle], queryFn: () => readSchool(place.id, cycle), staleTime: 10_000 })
      : client.prefetchQuery({ queryKey: ['dashboard', 'node', place.id, cycle], queryFn: () => readNode(place.id, cycle), staleTime: 10_000 })), meant)
  }
  const aside = () => window.clearTimeout(timer)
  onUnmounted(aside)

  /** For a link or a tile: `v-bind="rest(place)"`. */
  const rest = (place: Place | undefined, school = false) =>
    ({ onPointerenter: () => ahead(place, school), onPointerleave: aside, onFocus: () => ahead(place, school), onBlur: aside, onPointerdown: () => ahead(place, school) })
  return { to, open, rest }
}
