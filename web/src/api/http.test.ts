import { beforeEach, describe, expect, it, vi } from 'vitest'
import { configureHttp, get, send, withQuery } from './http'
import { nextStep, Problem } from './problem'

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(body === null ? null : JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
const unavailable = { title: 'Unavailable', status: 503, code: 'GEN-0503', messages: { zh: '稍后再试', en: 'Try later' } }

describe('calls', () => {
  const renewSession = vi.fn(() => Promise.resolve())
  const fetched = vi.fn<(path: string, init: RequestInit) => Promise<Response>>()
  beforeEach(() => {
    renewSession.mockClear()
    fetched.mockReset()
    vi.stubGlobal('fetch', fetched)
    configureHttp({ locale: () => 'en', renewSession })
  })
  const headersOf = (call = 0) => fetched.mock.calls[call]?.[1].headers as Record<string, string>

  it('ask in the language of the page, and mark changes for the gateway', async () => {
    fetched.mockImplementation(() => Promise.resolve(json({})))
    await get('/api/x')
    await send('PATCH', '/api/x', { body: { a: 1 }, ifMatch: 7, idempotencyKey: 'k' })
    expect(headersOf(0)).toMatchObject({ 'Accept-Language': 'en' })
    expect(headersOf(0)['X-Gengdu-Request']).toBeUndefined()
    expect(headersOf(1)).toMatchObject({ 'X-Gengdu-Request': '1', 'If-Match': '"v7"', 'Idempotency-Key': 'k', 'Content-Type': 'application/json' })
  })

  it('leave an entity tag as the server gave it', async () => {
    fetched.mockResolvedValue(json({}))
    await send('POST', '/api/x', { ifMatch: '"abc"' })
    expect(headersOf()['If-Match']).toBe('"abc"')
  })

  it('sign in again and repeat when the session ran out', async () => {
    fetched.mockResolvedValueOnce(json(null, 401)).mockResolvedValueOnce(json({ ok: true }, 200, { etag: '"2"' }))
    const answer = await send<{ ok: boolean }>('POST', '/api/x', { body: {} })
    expect(renewSession).toHaveBeenCalledOnce()
    expect(answer).toMatchObject({ data: { ok: true }, etag: '"2"' })
  })

  it('throw the problem the server described', async () => {
    fetched.mockResolvedValue(json(unavailable, 503, { 'content-type': 'application/problem+json' }))
    const problem = await get('/api/x').catch((error: unknown) => error as Problem)
    expect(problem).toBeInstanceOf(Problem)
    expect((problem as Problem).text('zh-CN')).toBe('稍后再试')
    expect((problem as Problem).text('en')).toBe('Try later')
    expect((problem as Problem).isTemporary).toBe(true)
  })

  it('say so when nobody answers, or with something that is no JSON', async () => {
    fetched.mockRejectedValueOnce(new TypeError('failed to fetch'))
    await expect(get('/api/x')).rejects.toMatchObject({ document: { status: 0, code: 'WEB-0001' } })
    fetched.mockResolvedValueOnce(new Response('<html>', { status: 200 }))
    await expect(get('/api/x')).rejects.toMatchObject({ document: { code: 'WEB-0002' } })
    fetched.mockResolvedValueOnce(new Response('<html>', { status: 502 }))
    await expect(get('/api/x')).rejects.toMatchObject({ document: { status: 502 } })
  })

  it('leave empty parts out of the address', () => {
    expect(withQuery('/x', { a: 1, b: undefined, c: '', d: '中' })).toBe('/x?a=1&d=%E4%B8%AD')
  })
})

describe('what to do about a problem', () => {
  const step = (status: number, errors = 0) =>
    nextStep(new Problem({ status, code: 'X', title: '', errors: Array.from({ length: errors }, () => ({ at: 'a', code: 'c', messages: { zh: '', en: '' } })) }))
  it('depends on what it is', () => {
    expect([0, 401, 403, 404, 412, 409, 422, 503].map((status) => step(status))).toEqual(
      ['check-network', 'sign-in', 'ask-rights', 'go-back', 'reload', 'reload', 'fix-fields', 'wait'])
  })
})
