import { ref } from 'vue'
import { readSession, signInAddress } from '@/api/identity'
import { signedOutProblem } from '@/api/problem'

/**
 * A session that ran out while someone is typing: the page stays, a window signs in again, and the calls that were
 * refused go on. Whoever closes the dialog instead keeps the typed values in this browser.
 */
const waiting = ref(false)
/** Put off: nobody is asked again until they want to, and what is typed waits on this device. */
const postponed = ref(false)
/** Somebody else has signed in in this browser: their name. This page's typing is not theirs to send. */
const other = ref<string | null>(null)
let own: string | null = null
let waiters: { resolve: () => void; reject: (reason: Error) => void }[] = []
const afterwards = new Set<() => void>()

export const returnPath = '/signed-in'
export const channelName = 'gengdu.session'

/** Whose page this is. */
export const belongsTo = (personId: string | null) => (own = personId)
export const whosePage = () => own

/** What goes on by itself once somebody is signed in again. */
export function afterRenewal(act: () => void) {
  afterwards.add(act)
  return () => void afterwards.delete(act)
}

export function renewSession(): Promise<void> {
  if (postponed.value || other.value !== null) return Promise.reject(signedOutProblem())
  waiting.value = true
  return new Promise((resolve, reject) => waiters.push({ resolve, reject }))
}

function settle(act: (one: (typeof waiters)[number]) => void) {
  const settled = waiters
  waiters = []
  waiting.value = false
  settled.forEach(act)
}

export function renewed() {
  postponed.value = false
  other.value = null
  settle((one) => one.resolve())
  afterwards.forEach((act) => act())
}

export function abandonRenewal() {
  postponed.value = true
  settle((one) => one.reject(signedOutProblem()))
}

export function askAgain() {
  postponed.value = false
  waiting.value = true
}

export function openSignInWindow() {
  const opened = window.open(signInAddress(returnPath), 'gengdu-sign-in', 'width=520,height=720')
  // Blocked by the browser: go there with the whole page; what was typed is kept in this browser until it is stored.
  if (!opened) window.location.assign(signInAddress(window.location.pathname + window.location.search))
}

/** Who is signed in in this browser now: the same person goes on, another one is told whose page this is. */
export async function checkRenewal() {
  if (!waiting.value && !postponed.value && other.value === null) return
  await lookWho()
}

export async function lookWho() {
  const session = await readSession()
  if (!session.signedIn) return
  if (own !== null && session.personId != null && session.personId !== own) {
    other.value = session.name ?? ''
    waiting.value = true
    waiters.splice(0).forEach((one) => one.reject(signedOutProblem()))
  } else renewed()
}

if (typeof BroadcastChannel !== 'undefined') {
  new BroadcastChannel(channelName).addEventListener('message', () => void lookWho().catch(() => undefined))
}

export const useRenewal = () => ({ waiting, postponed, other })
