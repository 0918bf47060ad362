const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const codeLength = 20

const twice = (element: number) => (element << 1) ^ (element & 16 ? 0b100101 : 0)

/**
 * What somebody typed as the server stores it, or null where no code can be meant: a slip shows before anything is asked.
 * The same sum as CheckCode.cs.
 */
export function readCode(typed: string): string | null {
  const plain = typed.normalize('NFKC').toUpperCase().replace(/[\s\-–]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  if (plain.length !== codeLength) return null
  let sum = 0
  for (const sign of plain) {
    const value = signs.indexOf(sign)
    if (value < 0) return null
    sum = twice(sum) ^ value
  }
  return sum === 0 ? plain : null
}

/** As it is printed: in groups of four. */
export const printedCode = (code: string) => code.match(/.{1,4}/g)?.join('-') ?? code

/** The only content hash in a text, in small letters; null where there is none or several different ones. */
export function hashIn(text: string): string | null {
  const found = new Set((text.normalize('NFKC').toLowerCase().match(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g) ?? []))
  return found.size === 1 ? [...found][0]! : null
}
