import { describe, expect, it } from 'vitest'
import type { ExportFile } from '@/api/types'
import { choicesOf, isOpen, shareOf, sizeOf } from './exports'

const file = (part: Partial<ExportFile>) => part as ExportFile

describe('exports', () => {
  it('offers a school its page and its values alone, and values only to who reads them', () => {
    expect(choicesOf(true, true)).toEqual([{ kind: 'chart', format: 'pdf' }, { kind: 'values', format: 'csv' }])
    expect(choicesOf(true, false)).toEqual([{ kind: 'chart', format: 'pdf' }])
    expect(choicesOf(false, false).map((one) => one.kind)).not.toContain('values')
    expect(choicesOf(false, true)).toHaveLength(8)
  })

  it('knows what is still being made, and how far', () => {
    expect([isOpen(file({ state: 'waiting' })), isOpen(file({ state: 'running' })), isOpen(file({ state: 'failed' }))]).toEqual([true, true, false])
    expect([shareOf(file({ done: 1, total: 4 })), shareOf(file({ done: 0, total: 0 }))]).toEqual([0.25, null])
  })

  it('says sizes as file browsers do', () => {
    expect([sizeOf(3), sizeOf(2048), sizeOf(5 * 1024 ** 2), sizeOf(3 * 1024 ** 4)].map((one) => `${one.value} ${one.unit}`)).toEqual(['3 B', '2 KB', '5 MB', '3072 GB'])
  })
})
