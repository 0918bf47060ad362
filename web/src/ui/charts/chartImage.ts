import { cellText, type ChartTable } from './chartTable'
import { inkOn, type Palette } from './palette'

/** What stands around a chart when it leaves the page: nobody should have to guess later what it showed and from when it was. */
export type ImageFrame = { title: string; source: string; palette: Palette }
const font = '-apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'
const safe = (text: string) => text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)
const [head, foot, edge] = [56, 40, 24]

/** A drawing with its title above and its source below, as one picture. */
export function framed(drawing: string, width: number, height: number, { title, source, palette }: ImageFrame): string {
  const [whole, tall] = [width + 2 * edge, height + head + foot]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${whole}" height="${tall}" viewBox="0 0 ${whole} ${tall}" font-family="${safe(font)}">`
    + `<rect width="${whole}" height="${tall}" fill="${palette.surface}"/>`
    + `<text x="${edge}" y="36" font-size="18" font-weight="600" fill="${palette.ink}">${safe(title)}</text>`
    + `<g transform="translate(${edge} ${head})">${drawing}</g>`
    + `<text x="${edge}" y="${tall - 14}" font-size="12" fill="${palette.soft}">${safe(source)}</text></svg>`
}

const kept = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'opacity', 'font-size', 'font-weight', 'font-family', 'text-anchor', 'dominant-baseline']

/** A drawing of our own, with what style sheets say of it written into it: outside of the page they are gone. */
export function standalone(drawing: SVGSVGElement, width: number, height: number): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement
  const [from, to] = [[drawing, ...drawing.querySelectorAll('*')], [copy, ...copy.querySelectorAll('*')]]
  from.forEach((element, at) => {
    const style = getComputedStyle(element)
    const text = kept.map((name) => `${name}:${style.getPropertyValue(name)}`).filter((line) => !line.endsWith(':')).join(';')
    to[at]!.setAttribute('style', text)
    to[at]!.removeAttribute('class')
  })
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  return new XMLSerializer().serializeToString(copy)
}

const wide = (text: string) => [...text].reduce((sum, sign) => sum + (/[\u2e80-\uffef]/.test(sign) ? 13 : 7.5), 0)

/** A chart that is a table anyway, as a picture of it; coloured where the chart is. */
export function pictured(table: ChartTable, palette: Palette): { drawing: string; width: number; height: number } {
  const columns = table.head.map((name, at) => Math.min(280, Math.max(wide(name), ...table.rows.map((row) => wide(cellText(row[at])))) + 20))
  const starts = columns.map((_, at) => columns.slice(0, at).reduce((sum, one) => sum + one, 0))
  const line = 26
  const put = (text: string, at: number, row: number, ink: string) => {
    const [x, anchor] = at === 0 ? [starts[0]! + 8, 'start'] : [starts[at]! + columns[at]! - 8, 'end']
    return `<text x="${x}" y="${row * line + 18}" font-size="13" text-anchor="${anchor}" fill="${ink}">${safe(text)}</text>`
  }
  const cells = table.rows.flatMap((row, index) => row.map((cell, at) => {
    const colour = typeof cell === 'string' ? undefined : cell.colour
    const box = colour ? `<rect x="${starts[at]! + 1}" y="${(index + 1) * line + 1}" width="${columns[at]! - 2}" height="${line - 2}" rx="3" fill="${colour}"/>` : ''
    return box + put(cellText(cell), at, index + 1, colour ? inkOn(colour) : palette.ink)
  }))
  const heads = table.head.map((name, at) => put(name, at, 0, palette.soft))
  return { drawing: [...heads, ...cells].join(''), width: columns.reduce((sum, one) => sum + one, 0), height: (table.rows.length + 1) * line }
}

/** Twice as many points as on the page: it is meant for paper and slides. */
export async function asPng(svg: string, scale = 2): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const picture = new Image()
    picture.src = address
    await picture.decode()
    const canvas = document.createElement('canvas')
    // No browser draws more than this many points a side.
    const fits = Math.min(scale, 8_000 / Math.max(picture.width, picture.height))
    canvas.width = Math.round(picture.width * fits)
    canvas.height = Math.round(picture.height * fits)
    canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height)
    return await new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture'))), 'image/png'))
  } finally {
    URL.revokeObjectURL(address)
  }
}

export function save(content: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name.replace(/[\\/:*?"<>|\n]+/g, ' ').trim()
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
