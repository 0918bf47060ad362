// A place's name in its tile: whole where it fits, in two lines at the end of a syllable where it does not, and then as large as it may be.
const syllable = /(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?[aeiouü]+(?:(?:ng|n|r)(?![aeiouü]))?['’]?/gi

/** In letters of the size: a Chinese one is as wide as it is high. */
const widthOf = (text: string) => [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e7f ? 1 : 0.64), 0)

export type Label = { lines: string[]; size: number }

export function labelIn(room: number, text: string, size: number): Label {
  const fitting = (lines: string[]) => Math.min(size, room / Math.max(...lines.map(widthOf)))
  const parts = text.match(syllable) ?? []
  if (fitting([text]) >= size * 0.8 || parts.length < 2 || parts.join('') !== text) return { lines: [text], size: fitting([text]) }
  const halves = parts.slice(1).map((_, at) => [`${parts.slice(0, at + 1).join('')}-`, parts.slice(at + 1).join('')])
  const lines = halves.reduce((best, one) => (fitting(one) > fitting(best) ? one : best))
  return { lines, size: fitting(lines) }
}
