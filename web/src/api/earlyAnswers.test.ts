import { afterEach, describe, expect, it, vi } from 'vitest'
import { earlyAnswer } from './earlyAnswers'

const page = window as { gengduEarly?: Record<string, Promise<Response>> }
const ask = (path: string, method = 'GET') => earlyAnswer(new Request(window.location.origin + path, { method }))

describe('what was asked for before the app was there', () => {
  afterEach(() => {
    delete page.gengduEarly
    vi.restoreAllMocks()
  })

  it('answers the same question once', async () => {
    page.gengduEarly = { '/api/identity/me': Promise.resolve(Response.json({ personId: 'p' })) }
    expect(await (await ask('/api/identity/me'))?.json()).toEqual({ personId: 'p' })
    expect(await ask('/api/identity/me')).toBeNull()
  })

  it('answers no other question, and no change', async () => {
    page.gengduEarly = { '/api/identity/me': Promise.resolve(Response.json({})) }
    expect(await ask('/api/identity/me?x=1')).toBeNull()
    expect(await ask('/api/identity/me', 'POST')).toBeNull()
    delete page.gengduEarly
    expect(await ask('/api/identity/me')).toBeNull()
  })

  it('ends where the app is ahead of it', async () => {
    page.gengduEarly = { '/api/identity/me': Promise.resolve(Response.json({})) }
    await ask('/api/reporting/cycles')
    await ask('/api/reporting/module-reports/m/presence', 'PUT')
    expect(page.gengduEarly).toBeDefined()
    expect(await ask('/api/reporting/reports/r')).toBeNull()
    expect(page.gengduEarly).toBeUndefined()
  })

  it('is nothing when it was refused, failed, or is old', async () => {
    page.gengduEarly = {
      '/a': Promise.resolve(Response.json({}, { status: 409 })),
      '/b': Promise.reject(new TypeError('cut')),
      '/c': Promise.resolve(Response.json({})),
    }
    expect([await ask('/a'), await ask('/b')]).toEqual([null, null])
    vi.spyOn(performance, 'now').mockReturnValue(30_000)
    expect(await ask('/c')).toBeNull()
  })
})
