import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import * as reporting from '@/api/reporting'
import type { PresentPerson } from '@/api/types'

/** Who has which module of a report open; asked by the organisation's own people, while they look. */
export function useWhoIsWhere(reportId: MaybeRefOrGetter<string>, isOwn: () => boolean) {
  const { data } = useQuery({
    queryKey: ['presence', computed(() => toValue(reportId))],
    queryFn: () => reporting.listPresences(toValue(reportId)).catch((): PresentPerson[] => []),
    enabled: isOwn,
    refetchInterval: 20_000,
    retry: false,
  })
  return computed(() => {
    const byModule = new Map<string, PresentPerson[]>()
    for (const one of data.value ?? []) if (!one.you) byModule.set(one.moduleReportId, [...(byModule.get(one.moduleReportId) ?? []), one])
    return byModule
  })
}
