import { useQuery } from '@tanstack/vue-query'
import { computed, ref, toValue, watchEffect, type MaybeRefOrGetter } from 'vue'
import { useCycles, useProgramme, useReport } from '@/api/queries'
import { listReviews } from '@/api/supervision'

/** A report under review: its modules, and for each submitted one where its review stands. */
export function useReviewedReport(reportId: MaybeRefOrGetter<string>) {
  const report = useReport(reportId)
  const cycles = useCycles()
  const cycle = computed(() => cycles.data.value?.find((one) => one.id === report.data.value?.cycleId))
  const programme = useProgramme(cycle)
  // A submission has come in whose review supervision is just making: somebody looks at the page and waits for it.
  const awaited = ref(false)
  const reviews = useQuery({
    queryKey: ['reviews', computed(() => toValue(reportId))],
    queryFn: () => listReviews(toValue(reportId)),
    refetchInterval: computed(() => (awaited.value ? 2_000 : 15_000)),
  })
  const modules = computed(() => (report.data.value?.modules ?? []).map((module) => ({
    ...module,
    definition: programme.data.value?.modules.find((one) => one.key === module.key),
    // A review of an older revision is about to be replaced: the event that a new one came in is on its way.
    review: reviews.data.value?.find((one) => one.moduleReportId === module.id && one.revision >= module.revision) ?? null,
    reviewProblem: reviews.data.value ? null : reviews.error.value,
  })))
  watchEffect(() => (awaited.value = modules.value.some((one) => one.revision > 0 && !one.review)))

  return { report, cycle, programme, modules, refetch: () => Promise.all([report.refetch(), reviews.refetch()]) }
}

export type ReviewedModule = ReturnType<typeof useReviewedReport>['modules']['value'][number]

/** The act that passes the module on: acceptance at the province's step, approval before it. */
export const passingAct = (module: ReviewedModule) => actOf(module, module.review?.state === 'province-review' || module.review?.state === 'accepted' ? 'accept' : 'approve')
export const actOf = (module: ReviewedModule, name: string) => module.review?.acts.find((one) => one.act === name) ?? null
