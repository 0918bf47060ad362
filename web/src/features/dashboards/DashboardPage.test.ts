import { shallowMount } from '@vue/test-utils'
import { computed, ref } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { lastBoard } from '@/app/lastBoard'
import DashboardPage from './DashboardPage.vue'

const cycle = { id: 'c', programmeKey: 'labor', programmeVersion: '2' }
vi.mock('@/features/review/useCycleChoice', () => ({ useCycleChoice: () => ({ cycles: ref([cycle]), cycle: ref(cycle), choose: vi.fn(), error: ref(null), isPending: ref(false), refetch: vi.fn() }) }))
vi.mock('@/app/session', () => ({ useSession: () => ({ me: ref({ personId: 'p' }), workspace: computed(() => ({ organisation: { id: 'hebei' }, level: 'province' })) }) }))
vi.mock('@/ui/whenIdle', () => ({ whenIdle: vi.fn() }))

describe('the one chart, for the next time it is opened on this device', () => {
  afterEach(() => localStorage.clear())

  it('is kept by name for who looks at it', () => {
    shallowMount(DashboardPage)
    expect(lastBoard('p')).toEqual({ personId: 'p', organisationId: 'hebei', kind: 'province', cycleId: 'c', programmeKey: 'labor', programmeVersion: '2' })
    expect(lastBoard('another')).toBeNull()
  })

  it('is not another place that was looked at on the way', () => {
    shallowMount(DashboardPage, { props: { organisationId: 'shijiazhuang' } })
    expect(lastBoard('p')).toBeNull()
  })
})
