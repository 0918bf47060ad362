import { computed, onUnmounted, ref, watch, type Ref } from 'vue'
import { serverNow } from '@/api/serverClock'
import { readRoom, roomStream } from '@/api/deadline'
import type { Room } from '@/api/types'

/** Five seconds are promised, and the answer needs a moment to get here; older figures say that they are old. */
const fresh = 6_000
const again = 15_000

/**
 * The room as the server pushes it. The browser opens the stream again by itself, with the number of the last event; when the server
 * refuses it, the refusal is read once in full, and tried again later.
 */
export function useDeadlineRoom(cycleId: Ref<string>, organisationId: Ref<string>, now: Ref<number>) {
  const room = ref<Room | null>(null)
  const heardAt = ref(0)
  const problem = ref<unknown>(null)
  let source: EventSource | null = null
  let retry = 0

  function open() {
    close()
    if (!cycleId.value || !organisationId.value) return
    source = new EventSource(roomStream(cycleId.value, organisationId.value))
    source.addEventListener('room', (event) => {
      room.value = JSON.parse((event as MessageEvent<string>).data) as Room
      heardAt.value = serverNow()
      problem.value = null
    })
    source.addEventListener('error', () => {
      if (source?.readyState === EventSource.CLOSED) void refused()
    })
  }

  async function refused() {
    try {
      room.value = await readRoom(cycleId.value, organisationId.value)
      heardAt.value = serverNow()
      problem.value = null
    } catch (failure) {
      problem.value = failure
    }
    retry = window.setTimeout(open, again)
  }

  function close() {
    window.clearTimeout(retry)
    source?.close()
    source = null
  }

  watch([cycleId, organisationId], () => {
    room.value = null
    problem.value = null
    open()
  }, { immediate: true })
  onUnmounted(close)

  /** Seconds since the figures were read; both clocks are the server's. */
  const age = computed(() => (room.value ? Math.max(0, Math.round((now.value - new Date(room.value.at).getTime()) / 1000)) : 0))
  const stale = computed(() => room.value !== null && now.value - heardAt.value > fresh)
  return { room, age, stale, problem, open }
}
