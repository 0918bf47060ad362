import type { Conversation } from '@/api/types'

/** What was known and what came in, each message once, the newer word about it last. Whether there are older ones the earliest part knows. */
export function merged(known: Conversation | undefined, came: Conversation): Conversation {
  if (!known) return came
  const all = new Map(known.messages.map((one) => [one.number, one]))
  for (const one of came.messages) all.set(one.number, one)
  const messages = [...all.values()].sort((a, b) => a.number - b.number)
  const first = came.messages[0]?.number ?? Infinity
  return { ...came, messages, earlier: first < (known.messages[0]?.number ?? Infinity) ? came.earlier : known.earlier }
}

/** Numbers have no gaps: where one is missing here, somebody wrote while we did, and it is still to come. */
export function lastWithoutGap(messages: Conversation['messages']): number {
  let last = messages[0]?.number ?? 0
  for (const one of messages) if (one.number === last + 1) last = one.number
  return last
}

/** An office or one colleague, as a key of lists and choices. */
export const mentionKey = (one: { organisationId: string; role: string; personId: string | null }) => `${one.organisationId}/${one.role}/${one.personId ?? ''}`
