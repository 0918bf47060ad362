import { describe, expect, it } from 'vitest'
import type { OpenFigures } from '@/api/types'
import { areasOf, barsOf, linesOf } from './openFigures'

const text = (zh: string) => ({ zh, en: zh })
const cell = (value: number | null, state = value === null ? 'hidden' : 'shown') => ({ state, value, schools: value === null ? null : 5, since: 1 })
const place = (code: string, level: string) => ({ code, level, name: text(code), parent: '13' })
const page = {
  indicators: [
    { id: 'K01', area: 'c', areaName: text('课程'), name: text('开课率'), unit: text('%'), decimals: 1, direction: 'up' },
    { id: 'K27', area: 'm', areaName: text('经费'), name: text('经费'), unit: text('元'), decimals: 1, direction: 'up' },
  ],
  cells: [cell(90), cell(4)],
  below: [
    { place: place('1302', 'city'), cells: [cell(null), cell(2)] },
    { place: place('1301', 'city'), cells: [cell(80), cell(null)] },
    { place: place('1306', 'county'), cells: [cell(95), cell(8)] },
    { place: place('1303', 'city'), cells: [cell(null, 'none'), cell(0)] },
  ],
} as unknown as OpenFigures

describe('open figures', () => {
  it('orders places by what is told, and puts what is not told last', () => {
    expect(barsOf(page, 'K01').map((bar) => bar.code)).toEqual(['1306', '1301', '1302', '1303'])
    expect(barsOf(page, 'K27').map((bar) => [bar.code, bar.share])).toEqual([['1306', 1], ['1302', 0.25], ['1303', 0], ['1301', 0]])
    expect(barsOf(page, 'K01').map((bar) => bar.leaf)).toEqual([true, false, false, false])
    expect(barsOf(page, 'K99')).toEqual([])
  })

  it('parts indicators by area', () => {
    expect(areasOf(page).map((area) => area.key)).toEqual(['c', 'm'])
    expect(linesOf(page, 'm').map((line) => [line.indicator.id, line.cell.value])).toEqual([['K27', 4]])
    expect(linesOf(page, null)).toHaveLength(2)
  })
})
