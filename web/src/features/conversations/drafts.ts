/** Typed and not yet sent, by place: closing the panel, or looking at another cell, loses nothing. Gone with the page, as it is no record. */
export const drafts = new Map<string, string>()

/** A key for a message. randomUUID exists on secure origins only, and a school's intranet address may not be one. */
export function messageKey(): string {
  if (crypto.randomUUID) return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return [...bytes].map((one, at) => `${[4, 6, 8, 10].includes(at) ? '-' : ''}${one.toString(16).padStart(2, '0')}`).join('')
}
