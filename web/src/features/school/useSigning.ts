import { computed, ref } from 'vue'
import { Problem } from '@/api/problem'
import { submit } from '@/api/reporting'
import type { ModuleReport, Receipt } from '@/api/types'

export type SigningStep = 'waiting' | 'sending' | 'done' | 'failed'
export type SigningLine = { id: string; moduleKey: string; version: string | number; step: SigningStep; receipt: Receipt | null; problem: unknown }

/**
 * One key per module and version, kept until the receipt is here: pressing again after a lost answer gives the same
 * receipt, and a version that was changed meanwhile gets a key of its own.
 */
export function idempotencyKey(moduleReportId: string, version: string | number, storage: Storage = sessionStorage): string {
  const name = `gengdu.sign.${moduleReportId}.${version}`
  const kept = storage.getItem(name)
  if (kept) return kept
  const key = newKey()
  storage.setItem(name, key)
  return key
}

// randomUUID exists on secure origins only; a school's intranet address may not be one.
const newKey = () =>
  globalThis.crypto.randomUUID?.() ??
  [...globalThis.crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

export function useSigning(send: typeof submit = submit) {
  const lines = ref<SigningLine[]>([])
  const busy = ref(false)
  const done = computed(() => lines.value.filter((line) => line.step === 'done').length)
  const failed = computed(() => lines.value.filter((line) => line.step === 'failed').length)

  async function sign(modules: { report: ModuleReport; version: string | number }[], statementVersion: string | null = null) {
    // A second click while the first is under way is the first.
    if (busy.value) return
    busy.value = true
    const kept = new Map(lines.value.filter((line) => line.step === 'done').map((line) => [line.id, line]))
    lines.value = modules.map(({ report, version }) => kept.get(report.id) ?? {
      id: report.id, moduleKey: report.moduleKey, version, step: 'waiting', receipt: null, problem: null })
    for (const line of lines.value) if (line.step !== 'done') await signOne(line, statementVersion)
    busy.value = false
  }

  /** A lost answer is asked for again with the same key, so that a shaky line costs patience and no double receipt. */
  async function signOne(line: SigningLine, statementVersion: string | null) {
    line.step = 'sending'
    for (let attempt = 1; ; attempt++) {
      try {
        line.receipt = await send(line.id, line.version, idempotencyKey(line.id, line.version), statementVersion)
        line.step = 'done'
        return
      } catch (error) {
        if (error instanceof Problem && error.isTemporary && attempt < 3) {
          await new Promise((resolve) => setTimeout(resolve, attempt * 1000))
          continue
        }
        line.problem = error
        line.step = 'failed'
        return
      }
    }
  }

  return { lines, busy, done, failed, sign }
}
