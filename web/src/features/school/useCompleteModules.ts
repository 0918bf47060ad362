import { useQueries } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { readModuleReport } from '@/api/reporting'
import type { Report } from '@/api/types'

/** The completed modules of a report, each as it is now and with the version a signature is given for. */
export function useCompleteModules(report: Ref<Report | undefined>) {
  const answers = useQueries({
    queries: computed(() => (report.value?.modules ?? []).filter((module) => module.state === 'complete').map((module) => ({
      queryKey: ['module-report', module.id, 'sign'],
      queryFn: async () => {
        const { data, etag } = await readModuleReport(module.id)
        return { report: data, version: etag ?? data.version, receivedAt: Date.now() }
      },
      staleTime: 0,
    }))),
  })
  return {
    modules: computed(() => answers.value.flatMap(({ data }) => (data ? [data] : []))),
    problem: computed(() => answers.value.find(({ error }) => error)?.error ?? null),
    pending: computed(() => answers.value.some(({ isPending }) => isPending)),
    refetch: () => Promise.all(answers.value.map((answer) => answer.refetch())),
  }
}
