import { useQueries, useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter } from 'vue'
import { readOrganisation } from '@/api/identity'
import { useCycles, useProgramme, useReport } from '@/api/queries'
import { findReview } from '@/api/supervision'

/** A report under review: its modules, and for each submitted one where its review stands. */
export function useReviewedReport(reportId: MaybeRefOrGetter<string>) {
  const report = useReport(reportId)
  const cycles = useCycles()
  const cycle = computed(() => cycles.data.value?.find((one) => one.id === report.data.value?.cycleId))
  const programme = useProgramme(cycle)
  const organisationId = computed(() => report.data.value?.organisation.id ?? '')
  const organisation = useQuery({
    queryKey: ['organisations', 'one', organisationId],
    queryFn: () => readOrganisation(organisationId.value),
    enabled: computed(() => organisationId.value !== ''),
    staleTime: 300_000,
  })

  const submitted = computed(() => (report.data.value?.modules ?? []).filter((module) => module.revision > 0))
  const answers = useQueries({
    queries: computed(() => submitted.value.map((module) => ({
      queryKey: ['review', module.id, module.revision],
      queryFn: () => findReview(module.id),
      refetchInterval: 15_000,
    }))),
  })
  const modules = computed(() => (report.data.value?.modules ?? []).map((module) => {
    const index = submitted.value.indexOf(module)
    const definition = programme.data.value?.modules.find((one) => one.key === module.key)
    return { ...module, definition, review: answers.value[index]?.data ?? null, reviewProblem: answers.value[index]?.error ?? null }
  }))

  return { report, cycle, programme, organisation, modules, refetch: () => Promise.all([report.refetch(), ...answers.value.map((one) => one.refetch())]) }
}

export type ReviewedModule = ReturnType<typeof useReviewedReport>['modules']['value'][number]
export const actOf = (module: ReviewedModule, ...names: string[]) => module.review?.acts.find((one) => names.includes(one.act)) ?? null
