import { describe, expect, it } from 'vitest'
import { framed, pictured } from './chartImage'
import { paper } from './palette'

describe('a chart taken along', () => {
  it('says what it is and from when', () => {
    const svg = framed('<g id="it"/>', 300, 200, { title: '各市比较 & <b>', source: '河北省 · 数据截至 2026/09/15 10:00', palette: paper })
    expect(svg).toContain('<g id="it"/>')
    expect(svg).toContain('各市比较 &amp; &lt;b&gt;')
    expect(svg).toContain('数据截至 2026/09/15 10:00')
    expect(new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('svg')?.getAttribute('width')).toBe('348')
  })
  it('is a coloured table where the chart is one, without markup from names', () => {
    const { drawing, width, height } = pictured({ head: ['地区', 'K01'], rows: [['<script>', { text: '98%', colour: '#14563f' }], ['石家庄', '–']] }, paper)
    expect(drawing).toContain('&lt;script&gt;')
    expect(drawing).not.toContain('<script>')
    expect(drawing.match(/<rect/g)).toHaveLength(1)
    expect(drawing).toContain('fill="#ffffff"')
    expect([width > 60, height]).toEqual([true, 78])
  })
})
