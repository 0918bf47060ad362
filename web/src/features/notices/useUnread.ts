import { useQuery } from '@tanstack/vue-query'
import { ref } from 'vue'
import { countNotices } from '@/api/notices'
import { standing } from '@/ui/standing'
import { whenIdle } from '@/ui/whenIdle'

const drawn = ref(false)
void standing.then(() => whenIdle(() => (drawn.value = true)))

/** One question a minute for the whole app, none while the page is hidden, fewer while the server does not answer; the first when the page stands. */
export const useUnread = () =>
  useQuery({
    queryKey: ['notices', 'count'],
    queryFn: countNotices,
    enabled: drawn,
    staleTime: 30_000,
    refetchInterval: ({ state }) => (state.status === 'error' ? 300_000 : 60_000 + (state.dataUpdatedAt % 10_000)),
    retry: false,
  })
