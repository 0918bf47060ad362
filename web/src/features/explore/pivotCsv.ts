/** Excel takes what begins with one of these for a formula: such a text gets an apostrophe before it. A plain number or share is none. */
const dangerous = /^[=+\-@\t\r]/
const number = /^-?\d+(\.\d+)?%?$/

export function csvCell(text: string): string {
  const harmless = dangerous.test(text) && !number.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** With the mark by which Excel knows UTF-8, so that Chinese stays Chinese. */
export const csvOf = (lines: readonly (readonly string[])[]) => `\uFEFF${lines.map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`
