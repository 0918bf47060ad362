import { computed, provide, ref, toValue, type MaybeRefOrGetter } from 'vue'
import { useProgramme } from '@/api/queries'
import type { Cycle, DashboardHead } from '@/api/types'
import { useWords } from '@/app/i18n'
import { figurePlace } from '@/features/figures/figurePlace'
import { chartFrame } from '@/ui/charts/chartFrame'
import { measuresOf } from './measures'

type Shown = Pick<DashboardHead, 'organisation' | 'asOf'> | undefined

/** What every board stands on: the programme's areas and indicators, what is measured, and whose figures all charts on it show. */
export function useBoard(organisationId: MaybeRefOrGetter<string>, cycle: MaybeRefOrGetter<Cycle | null>, data: MaybeRefOrGetter<Shown>, stale: MaybeRefOrGetter<boolean>, of: { school?: boolean; onWall?: boolean } = {}) {
  const { nameOf } = useWords()
  const { data: programme } = useProgramme(() => toValue(cycle))
  const areas = computed(() => programme.value?.programme.areas ?? [])
  const definitions = computed(() => programme.value?.indicators ?? [])
  const modules = computed(() => programme.value?.modules ?? [])
  const measures = computed(() => measuresOf(areas.value))
  const measureKey = ref('rate')
  const measure = computed(() => measures.value.find((one) => one.key === measureKey.value) ?? measures.value[0]!)
  const area = ref<string | null>(null)
  const toggleArea = (key: string) => (area.value = area.value === key ? null : key)

  // Nobody clicks on a wall.
  if (!of.onWall) provide(figurePlace, computed(() => ({ organisationId: toValue(organisationId), cycleId: toValue(cycle)?.id ?? '', school: of.school ?? false })))
  provide(chartFrame, computed(() => {
    const [shown, chosen] = [toValue(data), toValue(cycle)]
    return { place: shown ? nameOf(shown.organisation) : '', cycle: chosen ? nameOf(chosen) : '', asOf: shown?.asOf ?? null, stale: toValue(stale), onWall: of.onWall }
  }))
  return { areas, definitions, modules, measures, measureKey, measure, area, toggleArea }
}
