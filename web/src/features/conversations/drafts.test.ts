import { afterEach, describe, expect, it, vi } from 'vitest'
import { messageKey } from './drafts'

afterEach(() => vi.unstubAllGlobals())

describe('the key of a message', () => {
  it('is a UUID where the origin is not secure, too', () => {
    vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.fill(0xff) })
    expect(messageKey()).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff')
  })

  it('is another one each time', () => expect(messageKey()).not.toBe(messageKey()))
})
