// @vitest-environment happy-dom
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { NodeChild, Outlines } from '@/api/types'
import { mapMeasuresOf } from './mapMeasures'
import PlaceMap from './PlaceMap.vue'

const api = vi.hoisted(() => ({ readMapInForce: vi.fn(), readShapes: vi.fn() }))
vi.mock('@/api/maps', () => api)

const child = (code: string, nameZh: string, rate: number | null) => ({
  organisation: { id: code, code, nameZh, nameEn: nameZh }, areas: [], index: { value: null, light: 'none' }, figures: {},
  completeness: { due: 10, submitted: 5, rate, timelyRate: null, accepted: 0 },
}) as unknown as NodeChild
const children = [child('130100', '石家庄市', 0.96), child('130181', '辛集市', 0.4), child('139999', '高新区', 0.7)]
const square = (id: string, west: number) => ({ id, geometry: { coordinates: [[[[west, 38], [west + 1, 38], [west + 1, 39], [west, 39], [west, 38]]]] } })
const outlines = { features: [square('130102', 114), square('130181', 115)] } as Outlines

async function shown() {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', name: 'dashboard', component: { template: '<i/>' } }] })
  const wrapper = mount(PlaceMap, {
    props: { children, measure: mapMeasuresOf([], [], [])[0]!, extent: 'units', cycleId: 'c' }, attachTo: document.body,
    global: { plugins: [router, [VueQueryPlugin, { queryClient: new QueryClient({ defaultOptions: { queries: { retry: false } } }) }]] },
  })
  await flushPromises()
  return wrapper
}

describe('the map of places', () => {
  beforeEach(() => { api.readMapInForce.mockReset(); api.readShapes.mockReset() })

  it('is the cartogram until a map is in force, and lists what has no area', async () => {
    api.readMapInForce.mockResolvedValue({ number: null, title: null, approvalNumber: null, source: null })
    const map = await shown()
    expect(map.findAll('.place')).toHaveLength(14)
    expect(map.find('.approval').exists()).toBe(false)
    expect(map.find('.elsewhere').text()).toContain('高新区')
    expect(map.find('[data-code="130100"]').attributes('aria-label')).toContain('石家庄市')
  })
  it('has the boundaries of the map in force with the number of its approval', async () => {
    api.readMapInForce.mockResolvedValue({ number: 3, title: '图', approvalNumber: 'GS(2024)0650号', source: '天地图' })
    api.readShapes.mockResolvedValue(outlines)
    const map = await shown()
    expect(map.findAll('.place').map((place) => place.attributes('data-code'))).toEqual(['130100', '130181'])
    expect(map.find('.approval').exists()).toBe(true)
  })
  it('stays the cartogram when the map in force cannot be read', async () => {
    api.readMapInForce.mockResolvedValue({ number: 3, title: '图', approvalNumber: 'GS(2024)0650号', source: '天地图' })
    api.readShapes.mockRejectedValue(new Error('away'))
    const map = await shown()
    expect(map.findAll('.place')).toHaveLength(14)
    expect(map.find('.approval').exists()).toBe(false)
  })
  it('is walked over with the arrow keys, one stop of the tab key', async () => {
    api.readMapInForce.mockResolvedValue({ number: null })
    const map = await shown()
    expect(map.findAll('.place[tabindex="0"]')).toHaveLength(1)
    ;(map.find('[data-code="130100"]').element as unknown as HTMLElement).focus()
    await map.find('[data-code="130100"]').trigger('keydown', { key: 'ArrowRight' })
    await flushPromises()
    expect(map.emitted('pick')!.at(-1)).toEqual(['130181'])
    expect(map.find('[data-testid=picked-place]').text()).toContain('辛集市')
  })
})
