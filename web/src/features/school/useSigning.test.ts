import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '@/api/problem'
import type { ModuleReport, Receipt } from '@/api/types'
import { idempotencyKey, useSigning } from './useSigning'

const module = (id: string, version = '"3"') => ({ report: { id, moduleKey: id } as ModuleReport, version })
const receipt = (id: string): Receipt => ({ receiptNumber: `R-${id}`, moduleReportId: id, revision: 1, submittedAt: '2026-11-22T06:03:21Z', contentHash: 'ab', onTime: true, checkCode: '0123456789ABCDEFGHJT', statementVersion: '2026.1' })
const lost = () => new Problem({ status: 0, code: 'WEB-0001', title: '' })

describe('signing', () => {
  beforeEach(() => {
    sessionStorage.clear()
    vi.useFakeTimers()
  })
  afterEach(() => void vi.useRealTimers())

  it('asks for one receipt a module, each with its own key', async () => {
    const send = vi.fn((id: string, _version: string | number, _key: string) => Promise.resolve(receipt(id)))
    const { sign, done } = useSigning(send)
    await sign([module('a'), module('b')])
    expect(done.value).toBe(2)
    expect(send.mock.calls[0]?.[2]).not.toBe(send.mock.calls[1]?.[2])
  })

  it('asks again with the same key when an answer is lost', async () => {
    const send = vi.fn((id: string, _version: string | number, _key: string) => Promise.resolve(receipt(id))).mockRejectedValueOnce(lost())
    const { sign, lines } = useSigning(send)
    const signing = sign([module('a')])
    await vi.advanceTimersByTimeAsync(5000)
    await signing
    expect(lines.value[0]?.receipt?.receiptNumber).toBe('R-a')
    expect(send.mock.calls[0]?.[2]).toBe(send.mock.calls[1]?.[2])
  })

  it('goes on with the others when one is refused, and repeats only that one', async () => {
    const send = vi.fn((id: string, _version: string | number, _key: string) => Promise.resolve(receipt(id)))
      .mockRejectedValueOnce(new Problem({ status: 409, code: 'RPT-0007', title: '' }))
    const { sign, done, failed } = useSigning(send)
    await sign([module('a'), module('b')])
    expect([done.value, failed.value]).toEqual([1, 1])
    await sign([module('a'), module('b')])
    expect([done.value, failed.value]).toEqual([2, 0])
    expect(send.mock.calls.map((call) => call[0])).toEqual(['a', 'b', 'a'])
  })

  it('gives a changed version a key of its own', () => {
    expect(idempotencyKey('a', '"3"')).toBe(idempotencyKey('a', '"3"'))
    expect(idempotencyKey('a', '"4"')).not.toBe(idempotencyKey('a', '"3"'))
  })
})
