import { ref } from 'vue'
import { beHere, readSession } from '@/api/identity'
import { serverNow } from '@/api/serverClock'
import type { BrowserSession } from '@/api/types'
import { afterRenewal } from './renewal'

/** When the session ends; for good: whatever is done, and only signing in again goes on. */
export type Ending = { at: number; forGood: boolean }

/** So long before the end it is said: time to finish a thought, or to come back from the kitchen. */
const ahead = 10 * 60_000
const minute = 60_000
const ending = ref<Ending | null>(null)
/** The end that its owner has seen and closed. */
const seen = ref<number | null>(null)
let endsAt: number | null = null
let timer: number | undefined
let started = false

/** From any answer that says when the session ends: asked again shortly before that, because every request puts the end off. */
export function watchSessionEnd(session: BrowserSession) {
  window.clearTimeout(timer)
  endsAt = session.signedIn && session.expiresAt ? Date.parse(session.expiresAt) : null
  if (endsAt === null) return void (ending.value = null)
  const left = endsAt - serverNow()
  ending.value = left <= ahead && left > 0 ? { at: endsAt, forGood: endsAt === Date.parse(session.limitAt ?? '') } : null
  if (left > 0) timer = window.setTimeout(() => void look(), left > ahead ? left - ahead : Math.min(left, minute))
}

/** Asking keeps nobody signed in. Without an answer nothing is known, and it is asked again. */
async function look() {
  try {
    watchSessionEnd(await readSession())
  } catch {
    if (endsAt !== null && endsAt <= serverNow()) ending.value = null
    else timer = window.setTimeout(() => void look(), minute)
  }
}

/** Somebody is here: that alone puts an end off that comes from doing nothing. */
export async function stay() {
  await beHere()
  await look()
}

/** A device that slept through the moment asks when it is looked at again. */
function wake() {
  if (document.visibilityState === 'visible' && endsAt !== null && endsAt - serverNow() <= ahead) void look()
}

export function startSessionEnd(session: BrowserSession) {
  watchSessionEnd(session)
  if (started) return
  started = true
  afterRenewal(() => void look())
  document.addEventListener('visibilitychange', wake)
}

export const useSessionEnd = () => ({ ending, seen })
