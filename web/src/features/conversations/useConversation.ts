import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { listColleagues, listConversations, markRead, postMessage, readConversation, strikeMessage } from '@/api/conversations'
import type { Conversation, Mention, Message, Office } from '@/api/types'
import { useWords } from '@/app/i18n'
import { useUnread } from '@/features/notices/useUnread'
import { lastWithoutGap, merged } from './merged'

/**
 * Marks of a report's modules: how much is unread, where something was said. Asked for again when the reader's notices change, which
 * every page counts anyway: on the last evening thousands of forms stand open. With supervision away there are none, and nothing else stops.
 */
export function useMarks(reportId: MaybeRefOrGetter<string>, wanted: MaybeRefOrGetter<boolean> = true) {
  const { data: told } = useUnread()
  const { data, refetch } = useQuery({
    queryKey: ['talk', 'marks', computed(() => toValue(reportId))],
    queryFn: () => listConversations(toValue(reportId)),
    enabled: computed(() => toValue(wanted)),
    staleTime: 60_000,
    retry: false,
  })
  watch(told, (now, before) => {
    if (before !== undefined && now !== before && toValue(wanted)) void refetch()
  })
  return computed(() => new Map(data.value?.map((one) => [one.moduleKey, one])))
}

/** What is said about one module, as long as somebody looks: new words come by themselves, older ones when asked for. */
export function useConversation(reportId: string, moduleKey: string) {
  const queries = useQueryClient()
  const key = ['talk', 'one', reportId, moduleKey]
  const kept = () => queries.getQueryData<Conversation>(key)
  const query = useQuery({
    queryKey: key,
    queryFn: async () => {
      const came = await readConversation(reportId, moduleKey, part())
      return merged(kept(), came)
    },
    refetchInterval: ({ state }) => (state.status === 'error' ? 60_000 : 12_000),
    retry: 1,
  })
  /** From where on: all of it the first time, then what is not yet here. */
  const part = () => (kept()?.messages.length ? { after: lastWithoutGap(kept()!.messages) } : {})
  const put = (messages: Message[]) => queries.setQueryData<Conversation>(key, (old) => (old ? merged(old, { ...old, messages }) : old))
  const marksAgain = () => queries.invalidateQueries({ queryKey: ['talk', 'marks', reportId] })
  const readAgain = () => Promise.all([marksAgain(), ...[['notices'], ['held', 'home'], ['queue']].map((queryKey) => queries.invalidateQueries({ queryKey }))])
  const { data: names } = useQuery({ queryKey: ['talk', 'colleagues'], queryFn: listColleagues, staleTime: 600_000, retry: false })

  return {
    ...query,
    nameOf: computed(() => new Map(names.value?.map((one) => [one.personId, one.displayName]))),
    async earlier() {
      const first = kept()?.messages[0]?.number
      if (!first) return
      const came = await readConversation(reportId, moduleKey, { before: first })
      queries.setQueryData<Conversation>(key, merged(kept(), came))
    },
    async say(message: { key: string; text: string; cell: string | null; mentions: Mention[] }) {
      put([await postMessage(reportId, moduleKey, message)])
      await Promise.all([query.refetch(), marksAgain()])
    },
    async strike(number: number) {
      put([await strikeMessage(reportId, moduleKey, number)])
      await marksAgain()
    },
    /** That it was not written down shows as still unread. Its notices are read with it: badge, home page and queue count those. */
    read: (upTo: number) => markRead(reportId, moduleKey, upTo).then(readAgain, () => undefined),
  }
}
export type Talk = ReturnType<typeof useConversation>

/** "Chang'an District · County reviewer". */
export function useOfficeName() {
  const { t, nameOf } = useWords()
  return (office: Pick<Office, 'organisation' | 'role'>) => `${nameOf(office.organisation)} · ${t(`role.${office.role}`)}`
}
