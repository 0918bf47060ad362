/** A value in the one way of writing it (RFC 8785), as the server writes it before it takes the checksum. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const members = Object.entries(value).filter(([, content]) => content !== undefined).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${members.map(([key, content]) => `${JSON.stringify(key)}:${canonical(content)}`).join(',')}}`
}

/** SHA-256 as lower-case hex; null where the browser has none (a page without https). */
export async function checksumOf(value: unknown): Promise<string | null> {
  const digest = await globalThis.crypto?.subtle?.digest('SHA-256', new TextEncoder().encode(canonical(value)))
  return digest ? [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('') : null
}

/** Whether two cells hold the same; nothing and an empty text are the same. */
export const sameCell = (a: unknown, b: unknown) => canonical(nothing(a) ? null : a) === canonical(nothing(b) ? null : b)

const nothing = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) ? value.length === 0 : typeof value === 'object' && Object.keys(value).length === 0)
