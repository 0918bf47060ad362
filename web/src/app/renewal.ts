import { ref } from 'vue'
import { readSession, signInAddress } from '@/api/identity'

/**
 * A session that ran out while someone is typing: the page stays, a window signs in again, and the calls that were
 * refused go on. Whoever closes the dialog instead keeps the typed values in this browser.
 */
const waiting = ref(false)
let waiters: { resolve: () => void; reject: (reason: Error) => void }[] = []

export const returnPath = '/signed-in'
export const channelName = 'gengdu.session'

export function renewSession(): Promise<void> {
  waiting.value = true
  return new Promise((resolve, reject) => waiters.push({ resolve, reject }))
}

function settle(act: (one: (typeof waiters)[number]) => void) {
  const settled = waiters
  waiters = []
  waiting.value = false
  settled.forEach(act)
}

export const renewed = () => settle((one) => one.resolve())
export const abandonRenewal = () => settle((one) => one.reject(new Error('signed out')))

export function openSignInWindow() {
  const opened = window.open(signInAddress(returnPath), 'gengdu-sign-in', 'width=520,height=720')
  // Blocked by the browser: go there with the whole page; what was typed is kept in this browser until it is stored.
  if (!opened) window.location.assign(signInAddress(window.location.pathname + window.location.search))
}

export async function checkRenewal() {
  if (waiting.value && (await readSession()).signedIn) renewed()
}

if (typeof BroadcastChannel !== 'undefined') {
  new BroadcastChannel(channelName).addEventListener('message', () => void checkRenewal())
}

export const useRenewal = () => ({ waiting })
