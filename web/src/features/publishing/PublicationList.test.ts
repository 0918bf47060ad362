import { mount } from '@vue/test-utils'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Publication } from '@/api/types'
import { allTexts } from '@/app/i18n'
import PublicationList from './PublicationList.vue'

const publication = { number: 2, publishedAt: '2026-11-23T23:44:00Z', final: false, accepted: 392, submitted: 672, due: 805, formulaVersion: '2026.1', reasonZh: '两所学校更正了课时数', reasonEn: null, openHash: '8905b835' } as Publication
const open = (narrow: boolean) => {
  vi.stubGlobal('matchMedia', () => ({ matches: narrow, addEventListener: () => {}, removeEventListener: () => {} }))
  return mount(PublicationList, { props: { publications: [publication] } })
}
beforeAll(() => allTexts())
afterEach(() => vi.unstubAllGlobals())

it('says of each publication the same at a desk and on a phone, where nothing stands beside the screen', () => {
  const [desk, phone] = [open(false), open(true)]
  expect([desk.findAll('tbody tr').length, phone.findAll('li').length, phone.find('table').exists()]).toEqual([1, 1, false])
  for (const part of ['2', '2026/11/24 07:44', '暂定', '392 / 672 / 805', '2026.1', '两所学校更正了课时数', '8905b835']) {
    expect(desk.text()).toContain(part)
    expect(phone.text()).toContain(part)
  }
})
