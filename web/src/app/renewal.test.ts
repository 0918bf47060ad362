import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as identity from '@/api/identity'
import { abandonRenewal, afterRenewal, askAgain, belongsTo, checkRenewal, lookWho, renewed, renewSession, useRenewal } from './renewal'

const signedIn = (personId: string, name = 'somebody') => vi.spyOn(identity, 'readSession').mockResolvedValue({ signedIn: true, name, personId, expiresAt: null })
const { waiting, postponed, other } = useRenewal()

describe('signing in again in place', () => {
  beforeEach(() => {
    renewed()
    belongsTo('p')
  })

  it('lets refused calls go on when the same person is back, and wakes what waits', async () => {
    const went = vi.fn()
    const forget = afterRenewal(went)
    const call = renewSession()
    expect(waiting.value).toBe(true)
    signedIn('p')
    await checkRenewal()
    await expect(call).resolves.toBeUndefined()
    expect([waiting.value, went.mock.calls.length]).toEqual([false, 1])
    forget()
  })

  it('never lets them go on as somebody else', async () => {
    const call = renewSession()
    const failed = expect(call).rejects.toMatchObject({ status: 401 })
    signedIn('q', '张立')
    await checkRenewal()
    await failed
    expect([waiting.value, other.value]).toEqual([true, '张立'])
    await expect(renewSession()).rejects.toMatchObject({ status: 401 })
    signedIn('p')
    await lookWho()
    expect([waiting.value, other.value]).toEqual([false, null])
  })

  it('asks nobody again who has put it off, until they want to', async () => {
    const failed = expect(renewSession()).rejects.toMatchObject({ status: 401 })
    abandonRenewal()
    await failed
    await expect(renewSession()).rejects.toMatchObject({ status: 401 })
    expect([waiting.value, postponed.value]).toEqual([false, true])
    askAgain()
    expect(waiting.value).toBe(true)
  })

  it('waits on while nobody is signed in', async () => {
    void renewSession().catch(() => undefined)
    vi.spyOn(identity, 'readSession').mockResolvedValue({ signedIn: false, name: null, personId: null, expiresAt: null })
    await checkRenewal()
    expect(waiting.value).toBe(true)
  })
})
