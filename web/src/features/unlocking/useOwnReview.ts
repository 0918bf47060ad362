import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { listReviews } from '@/api/supervision'
import type { ReviewActName } from '@/api/types'

/** Where the review of one's own module stands. Supervision may be away: then there is nothing to show, and filling in goes on. */
export function useOwnReview(reportId: MaybeRefOrGetter<string>, moduleReportId: MaybeRefOrGetter<string>, wanted: MaybeRefOrGetter<boolean>) {
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: ['reviews', computed(() => toValue(reportId))],
    queryFn: () => listReviews(toValue(reportId)),
    enabled: computed(() => toValue(wanted)),
    refetchInterval: 30_000,
  })
  const review = computed(() => query.data.value?.find((one) => one.moduleReportId === toValue(moduleReportId)) ?? null)
  const actOf = (name: ReviewActName) => review.value?.acts.find((one) => one.act === name) ?? null
  const refresh = () => queries.invalidateQueries({ queryKey: ['reviews', toValue(reportId)] })
  return { review, actOf, refresh }
}
