import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inkOn, luminance, paper, wall, type Palette } from './palette'

// How colours look to eyes without one of the three kinds of cones: matrices of Machado, Oliveira and Fernandes (2009), on linear light.
const eyes: Record<string, number[][]> = {
  all: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
const toLab = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
const times = (matrix: number[][], vector: number[]) => matrix.map((row) => row.reduce((sum, factor, at) => sum + factor * vector[at]!, 0))
const linear = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))

function seen(hex: string, eye: string) {
  const light = times(eyes[eye]!, linear(hex)).map((c) => Math.min(1, Math.max(0, c)))
  const [x, y, z] = times(toLab, light).map((c, at) => c / [0.9505, 1, 1.089][at]!).map((c) => (c > 0.008856 ? Math.cbrt(c) : 7.787 * c + 16 / 116))
  return [116 * y! - 16, 500 * (x! - y!), 200 * (y! - z!)]
}
const apart = (a: string, b: string, eye: string) => Math.hypot(...seen(a, eye).map((part, at) => part - seen(b, eye)[at]!))
const contrast = (a: string, b: string) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05)
const pairs = (colours: readonly string[]) => colours.flatMap((one, at) => colours.slice(0, at).map((other) => [one, other] as const))

const themes: [string, Palette, RegExp][] = [['paper', paper, /:root \{([^}]*)\}/], ['wall', wall, /\.wall \{([^}]*)\}/]]

describe.each(themes)('the colours of a chart on %s', (_, palette, block) => {
  it.each(Object.keys(eyes))('are told apart by %s eyes', (eye) => {
    for (const [one, other] of pairs(palette.categories)) expect(apart(one, other, eye), `${one} ${other}`).toBeGreaterThan(20)
    const { green, amber, red } = palette.lights
    for (const [one, other] of pairs([green, amber, red])) expect(apart(one, other, eye), `${one} ${other}`).toBeGreaterThan(12)
    for (const scale of [palette.sequential, palette.diverging]) scale.slice(1).forEach((one, at) => expect(apart(one, scale[at]!, eye), one).toBeGreaterThan(9))
  })
  it('go one way from little to much, in print too', () => {
    const order = palette.sequential.map(luminance)
    expect(order).toEqual([...order].sort((a, b) => (order[0]! < order.at(-1)! ? a - b : b - a)))
    expect(new Set(order).size).toBe(order.length)
  })
  it('stand out from what they are drawn on', () => {
    for (const colour of [...palette.categories, palette.axis, ...Object.values(palette.lights)]) expect(contrast(colour, palette.surface), colour).toBeGreaterThanOrEqual(3)
    for (const colour of [palette.ink, palette.soft]) expect(contrast(colour, palette.surface), colour).toBeGreaterThanOrEqual(7)
    for (const colour of [...palette.sequential, ...palette.diverging]) expect(contrast(inkOn(colour), colour), colour).toBeGreaterThanOrEqual(4.5)
  })
  it('are those of the style sheet', () => {
    const said = new Map([...block.exec(readFileSync(join(process.cwd(), 'src/ui/charts/palette.css'), 'utf8'))![1]!.matchAll(/--([\w-]+): (#\w+)/g)].map(([, name, colour]) => [name, colour]))
    palette.sequential.forEach((colour, at) => expect(said.get(`seq-${at}`)).toBe(colour))
    palette.diverging.forEach((colour, at) => expect(said.get(`div-${at}`)).toBe(colour))
    palette.categories.forEach((colour, at) => expect(said.get(`cat-${at}`)).toBe(colour))
    for (const name of ['ink', 'soft', 'axis', 'grid', 'surface'] as const) expect(said.get(`chart-${name}`)).toBe(palette[name])
  })
})
