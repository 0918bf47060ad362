import { effectScope, nextTick, shallowRef } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RuleResult, Values } from '@/api/types'
import type { Checker } from './rules'
import { useRuleResults } from './useRuleResults'

const said = (rule: string): RuleResult => ({ rule, severity: 'error', at: ['a'], message: { zh: '', en: '' } })

describe('what the rules say', () => {
  const scope = effectScope()
  const checker = shallowRef<Checker | null>(null)
  const values = shallowRef<Values>({})
  const server = shallowRef<RuleResult[]>([said('S1')])
  const asked = vi.fn((now: Values) => [said(String(now.a))])
  let results!: ReturnType<typeof useRuleResults>
  const rules = () => results.value.map(({ rule }) => rule)
  async function type(value: number) {
    values.value = { a: value }
    await nextTick()
  }

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    results = scope.run(() => useRuleResults(checker, values, server))!
  })
  afterEach(() => void vi.useRealTimers())

  it('is the server’s word until they are there, and theirs from then on; once for a word, and soon after it', async () => {
    expect(rules()).toEqual(['S1'])
    checker.value = { results: asked, isShown: () => true }
    await nextTick()
    expect(asked).toHaveBeenCalledTimes(1)
    for (const letter of [1, 12, 123]) await type(letter)
    expect(asked).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(50)
    expect([asked.mock.calls.length, rules()]).toEqual([2, ['123']])

    // Fingers that never rest: asked all the same.
    for (let count = 0; count < 20; count++) {
      await type(1000 + count)
      vi.advanceTimersByTime(30)
    }
    expect(asked.mock.calls.length).toBeGreaterThanOrEqual(4)
    expect(asked.mock.calls.length).toBeLessThan(8)

    // A page that is left asks nothing more.
    const before = asked.mock.calls.length
    await type(7)
    scope.stop()
    vi.advanceTimersByTime(500)
    expect(asked).toHaveBeenCalledTimes(before)
  })
})
