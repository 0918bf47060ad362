import type { Values } from '@/api/types'

/** What one page tells the others of this browser: somebody's queue changed; perhaps also what the server has now. */
export type Said = { key: string; page: string; stored?: { version: string | number; values: Values } }

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('gengdu.keeping')
const listeners = new Set<(said: Said) => void>()
channel?.addEventListener('message', (event: MessageEvent<Said>) => listeners.forEach((listener) => listener(event.data)))

export function announce(said: Said) {
  listeners.forEach((listener) => listener(said))
  try {
    channel?.postMessage(said)
  } catch {
    // The other pages find it when they look again.
  }
}

export function listen(listener: (said: Said) => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const chains = new Map<string, Promise<unknown>>()

/** One page at a time sends what waits in one module; without locks the batch's key keeps two from doing harm. */
export function exclusively<T>(name: string, act: () => Promise<T>): Promise<T> {
  if (globalThis.navigator?.locks) return navigator.locks.request(`gengdu.queue.${name}`, act) as Promise<T>
  const turn = (chains.get(name) ?? Promise.resolve()).catch(() => undefined).then(act)
  chains.set(name, turn.catch(() => undefined))
  return turn
}
