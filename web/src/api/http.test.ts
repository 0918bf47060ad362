import { beforeEach, describe, expect, it, vi } from 'vitest'
import { configureHttp, entityTag } from './http'
import { signOut } from './identity'
import { nextStep, Problem } from './problem'
import { listCycles, listReports, saveValues, submit } from './reporting'

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(body === null ? null : JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
const unavailable = { title: 'Unavailable', status: 503, code: 'GEN-0503', messages: { zh: '稍后再试', en: 'Try later' } }

describe('calls', () => {
  const renewSession = vi.fn(() => Promise.resolve())
  const fetched = vi.fn<(request: Request) => Promise<Response>>()
  beforeEach(() => {
    renewSession.mockClear()
    fetched.mockReset()
    vi.stubGlobal('fetch', fetched)
    configureHttp({ locale: () => 'en', renewSession })
  })
  const header = (name: string, call = 0) => fetched.mock.calls[call]?.[0].headers.get(name)

  it('ask in the language of the page, and mark changes for the gateway', async () => {
    fetched.mockImplementation(() => Promise.resolve(json({})))
    await listCycles().catch(() => undefined)
    await saveValues('m1', 3, { changes: [], explanations: [] })
    expect([header('Accept-Language'), header('X-Gengdu-Request')]).toEqual(['en', null])
    expect([header('X-Gengdu-Request', 1), header('Content-Type', 1)]).toEqual(['1', 'application/json'])
  })

  it('name the version a change was made on, and the key of a submission', async () => {
    fetched.mockResolvedValue(json({}, 201))
    await submit('m1', '"v7"', 'key-12345')
    expect([header('If-Match'), header('Idempotency-Key'), header('X-Gengdu-Request')]).toEqual(['"v7"', 'key-12345', '1'])
    expect(entityTag(7)).toBe('"v7"')
  })

  it('sign in again and repeat when the session ran out', async () => {
    fetched.mockResolvedValueOnce(json(null, 401)).mockResolvedValueOnce(json({ ok: true }, 200, { etag: '"2"' }))
    const { data, etag } = await saveValues('m1', 1, { changes: [{ at: 'a', value: 7 }], explanations: [] })
    expect(renewSession).toHaveBeenCalledOnce()
    expect([data, etag]).toEqual([{ ok: true }, '"2"'])
    expect(await fetched.mock.calls[1]?.[0].json()).toEqual({ changes: [{ at: 'a', value: 7 }], explanations: [] })
  })

  it('throw the problem the server described', async () => {
    fetched.mockResolvedValue(json(unavailable, 503, { 'content-type': 'application/problem+json' }))
    const problem = await signOut().catch((error: unknown) => error as Problem)
    expect(problem).toBeInstanceOf(Problem)
    expect((problem as Problem).text('zh-CN')).toBe('稍后再试')
    expect((problem as Problem).text('en')).toBe('Try later')
    expect((problem as Problem).isTemporary).toBe(true)
  })

  it('say so when nobody answers, or with something that is no JSON', async () => {
    fetched.mockRejectedValueOnce(new TypeError('failed to fetch'))
    await expect(listCycles()).rejects.toMatchObject({ document: { status: 0, code: 'WEB-0001' } })
    fetched.mockResolvedValueOnce(new Response('<html>', { status: 200 }))
    await expect(listCycles()).rejects.toMatchObject({ document: { code: 'WEB-0002' } })
    fetched.mockResolvedValueOnce(json(unavailable, 503))
    await expect(listCycles()).rejects.toMatchObject({ document: { code: 'GEN-0503' } })
    fetched.mockResolvedValueOnce(new Response('<html>', { status: 502 }))
    await expect(listCycles()).rejects.toMatchObject({ document: { status: 502 } })
  })

  it('leave empty parts out of the address', async () => {
    fetched.mockResolvedValue(json({ items: [], page: 1, pageSize: 50, total: 0 }))
    await listReports({ level: 'school', search: '', cycleId: undefined })
    expect(new URL(fetched.mock.calls[0]![0].url).search).toBe('?level=school')
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
