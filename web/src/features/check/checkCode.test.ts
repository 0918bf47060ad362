import { describe, expect, it } from 'vitest'
import { hashIn, printedCode, readCode } from './checkCode'

// Made by CheckCode.cs; 0 and 1 are in it.
const code = '0123456789ABCDEFGHJT'

describe('a check code', () => {
  it('is read however people type it', () => {
    expect(readCode(code)).toBe(code)
    for (const typed of [code.toLowerCase(), printedCode(code), ` ${code} `, code.replace('0', 'o').replace('1', 'l'), '０１２３' + code.slice(4)]) expect(readCode(typed)).toBe(code)
  })

  it('shows any one slip and any two signs exchanged', () => {
    const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
    for (let i = 0; i < code.length; i++) {
      for (const sign of signs) if (sign !== code[i]) expect(readCode(code.slice(0, i) + sign + code.slice(i + 1))).toBeNull()
      for (let j = i + 1; j < code.length; j++) {
        const exchanged = [...code]
        ;[exchanged[i], exchanged[j]] = [exchanged[j]!, exchanged[i]!]
        if (exchanged.join('') !== code) expect(readCode(exchanged.join(''))).toBeNull()
      }
    }
  })

  it('is not found in garbage', () => {
    for (const typed of ['', 'x', '🙂'.repeat(20), code + '0', 'U'.repeat(20), '<script>']) expect(readCode(typed)).toBeNull()
  })
})

describe('a content hash', () => {
  const hash = 'ab'.repeat(32)
  it('is found in what surrounds it, once', () => {
    expect(hashIn(`内容校验码：${hash.toUpperCase()}，`)).toBe(hash)
    expect(hashIn(`{"contentHash":"${hash}","again":"${hash}"}`)).toBe(hash)
    expect(hashIn(`${hash} ${'cd'.repeat(32)}`)).toBeNull()
    expect(hashIn(hash + 'a')).toBeNull()
    expect(hashIn('')).toBeNull()
  })
})
