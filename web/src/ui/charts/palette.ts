import { inject, type InjectionKey } from 'vue'
import type { Light } from '@/api/types'

/**
 * The colours of every chart, once: on paper and on a dark wall. `palette.css` says the same to style sheets (a test compares them), and
 * another test looks at them as people see them who do not tell red from green, or blue from yellow.
 */
export type Palette = {
  ink: string
  soft: string
  axis: string
  grid: string
  surface: string
  /** From little to much: the eye orders them by how light they are, in print too. */
  sequential: readonly string[]
  /** From below the middle to above it. */
  diverging: readonly string[]
  /** One for each of a few things that have no order. */
  categories: readonly string[]
  lights: Record<Light, string>
  /** Size of letters in a drawing: a wall is read from further away. */
  text: number
}

export const paper: Palette = {
  ink: '#18241d', soft: '#45534a', axis: '#8a958d', grid: '#e6eae2', surface: '#ffffff',
  sequential: ['#f3ead2', '#cfdca5', '#93bf86', '#377f58', '#14563f'],
  diverging: ['#8c4a0b', '#d08a3a', '#f3ddb8', '#eceee9', '#bcd8e8', '#5a9cc0', '#1f5f86'],
  categories: ['#2f7d4f', '#17306b', '#bc812f', '#9152d6', '#4c2435', '#c9489c'],
  lights: { green: '#2f7d4f', amber: '#c77a14', red: '#b0302b', none: '#8a958d' }, text: 12,
}

export const wall: Palette = {
  ink: '#f1f6f0', soft: '#bfccc2', axis: '#7f9186', grid: '#263a31', surface: '#10211a',
  sequential: ['#1e4a3d', '#2f7257', '#4f9f74', '#93cf95', '#e6f4bd'],
  diverging: ['#f0a04b', '#c07a30', '#6b4a26', '#33443b', '#2c5a75', '#4a8fb8', '#8fcdf0'],
  categories: ['#63d095', '#dfe9ff', '#f0ac4c', '#b98bf5', '#9b6b27', '#d043a1'],
  lights: { green: '#4ccb83', amber: '#f3b13f', red: '#ff7b70', none: '#7f8d85' }, text: 16,
}

/** A wall hands its own down to the charts on it. */
export const paletteKey: InjectionKey<Palette> = Symbol('palette')
export const usePalette = () => inject(paletteKey, paper)

const bright = (hex: string) => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Black or white, whichever can be read on it. */
export const inkOn = (colour: string) => (bright(colour) > 0.19 ? '#14201a' : '#ffffff')
export const luminance = bright
