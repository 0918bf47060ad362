import { expect } from 'vitest'

/** What a token may say of itself, whoever it is about. */
const technical = ['iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'jti', 'nonce', 'auth_time', 'acr', 'amr', 'azp', 'sid', 'at_hash', 'c_hash']

/** With the code flow, what a scope asks for is told at UserInfo; a token must not carry it along. */
export function holdsNoUnrequestedClaims(claims: Record<string, unknown>): void {
  expect(Object.keys(claims).filter(name => !technical.includes(name))).toEqual([])
}

/** Shannon's measure over the characters: a lower bound of what somebody has to guess. */
export function bitsOf(text: string): number {
  const seen = new Map<string, number>()
  for (const character of text) seen.set(character, (seen.get(character) ?? 0) + 1)
  let bits = 0
  for (const times of seen.values()) bits -= times * Math.log2(times / text.length)
  return bits
}
