import { useQueries } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { readModuleReport } from '@/api/reporting'
import type { ModuleReport, Report } from '@/api/types'

/** Why modules came back: module report id → the return, for those that are returned now. */
export function useReturns(report: Ref<Report | undefined>) {
  const answers = useQueries({
    queries: computed(() => (report.value?.modules ?? []).filter((module) => module.state === 'returned').map((module) => ({
      queryKey: ['module-report', module.id, 'return', module.version],
      queryFn: async () => (await readModuleReport(module.id)).data,
    }))),
  })
  return computed(() => new Map<string, NonNullable<ModuleReport['return']>>(
    answers.value.flatMap(({ data }) => (data?.return ? [[data.id, data.return] as const] : []))))
}
