import { useInfiniteQuery, useQueryClient } from '@tanstack/vue-query'
import { listNotices, readNotice, readNoticesUntil } from '@/api/notices'

export function useNotices() {
  const queries = useQueryClient()
  const list = useInfiniteQuery({
    queryKey: ['notices', 'list'],
    queryFn: ({ pageParam }) => listNotices(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const again = () => queries.invalidateQueries({ queryKey: ['notices'] })
  return {
    list,
    /** Nobody waits for it on the way to the act: that it failed shows as still unread. */
    read: (id: string) => readNotice(id).then(again, () => undefined),
    readUntil: (until: string) => readNoticesUntil(until).then(again),
  }
}
