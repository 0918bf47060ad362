import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { readOrganisation } from '@/api/identity'
import { useCycles, useProgramme, useReport } from '@/api/queries'
import { listReviews } from '@/api/supervision'

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

  const reviews = useQuery({
    queryKey: ['reviews', computed(() => toValue(reportId))],
    queryFn: () => listReviews(toValue(reportId)),
    refetchInterval: 15_000,
  })
  const modules = computed(() => (report.data.value?.modules ?? []).map((module) => ({
    ...module,
    definition: programme.data.value?.modules.find((one) => one.key === module.key),
    // A review of an older revision is about to be replaced: the event that a new one came in is on its way.
    review: reviews.data.value?.find((one) => one.moduleReportId === module.id && one.revision >= module.revision) ?? null,
    reviewProblem: reviews.data.value ? null : reviews.error.value,
  })))

  return { report, cycle, programme, organisation, modules, refetch: () => Promise.all([report.refetch(), reviews.refetch()]) }
}

export type ReviewedModule = ReturnType<typeof useReviewedReport>['modules']['value'][number]
export const actOf = (module: ReviewedModule, ...names: string[]) => module.review?.acts.find((one) => names.includes(one.act)) ?? null
