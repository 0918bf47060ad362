import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import * as later from '@/features/keeping/later'
import App from './App.vue'

const person = { personId: 'p', userName: 'u', displayName: '李老师', assignments: [{ id: 'a', role: 'reporter', organisation: { id: 's', code: 's', nameZh: '一小', nameEn: 'One', levelRoles: ['school'] }, validTo: null, delegatedFrom: null, fillsInFrom: null }] }

/** An answer or a file that comes when the test says so. */
function held<T>() {
  let come!: (what: T) => void
  const coming = new Promise<T>((resolve) => (come = resolve))
  return { coming, come }
}

/** However slow the machine is. */
const soon = (look: () => void) => vi.waitFor(look, { timeout: 15_000 })

describe('what the app asks for, and when', () => {
  const asked: string[] = []
  const session = held<void>()
  const pageFile = held<Component>()

  beforeEach(() => {
    vi.stubGlobal('fetch', async (request: Request) => {
      const { pathname } = new URL(request.url)
      asked.push(pathname)
      if (pathname === '/bff/session') {
        await session.coming
        return Response.json({ signedIn: true, personId: 'p', name: '李老师', expiresAt: null, limitAt: null })
      }
      return pathname === '/api/identity/me' ? Response.json(person) : Response.json({ unread: 0 })
    })
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
    document.body.replaceChildren()
  })

  it('who is here at once; its head before the page; and what is needed later when the page stands', async () => {
    const code = vi.spyOn(later, 'inFull').mockReturnValue(new Promise(() => undefined))
    const page = () => pageFile.coming
    const history = createMemoryHistory()
    history.replace('/fill/r')
    const router = createRouter({ history, routes: [{ path: '/fill/:reportId', name: 'report', component: page }, { path: '/:rest(.*)*', name: 'home', component: { render: () => null } }] })
    window.history.replaceState(null, '', '/fill/r')
    const app = mount(App, { attachTo: document.body, global: { plugins: [router, [VueQueryPlugin, { queryClient: new QueryClient() }]], stubs: { RouterLink: { template: '<a><slot /></a>' } } } })

    // The page's file is still on its way, and so is the first answer.
    await soon(() => expect(asked).toEqual(['/bff/session']))
    session.come()
    await flushPromises()
    await soon(() => expect(app.find('header').exists()).toBe(true))
    expect(app.find('header').text()).toContain('李老师')
    expect([asked, code.mock.calls.length]).toEqual([['/bff/session', '/api/identity/me'], 0])

    pageFile.come(defineComponent(() => () => h('p', { id: 'drawn' }, 'here')))
    await soon(() => expect(app.find('#drawn').exists()).toBe(true))
    await soon(() => expect(code).toHaveBeenCalled())
    await soon(() => expect(asked.slice(2)).toEqual(['/api/supervision/notices/count']))
    app.unmount()
  }, 60_000)
})
