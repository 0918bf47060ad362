import { describe, expect, it } from 'vitest'
import type { Conversation, Message } from '@/api/types'
import { lastWithoutGap, merged } from './merged'

const message = (number: number, text: string | null = `no. ${number}`) => ({ number, text }) as Message
const part = (numbers: Message[], earlier = false) => ({ messages: numbers, earlier, readUpTo: 0, offices: [], colleagues: [], told: [] }) as unknown as Conversation
const numbersOf = (all: Conversation) => all.messages.map((one) => one.number)

describe('a conversation in parts', () => {
  it('takes new messages at its end and still knows that there are older ones', () => {
    const all = merged(part([message(3), message(4)], true), part([message(5)], false))
    expect([numbersOf(all), all.earlier]).toEqual([[3, 4, 5], true])
  })

  it('takes older ones at its beginning, and learns whether those are the first', () => {
    const all = merged(part([message(3)], true), part([message(1), message(2)], false))
    expect([numbersOf(all), all.earlier]).toEqual([[1, 2, 3], false])
  })

  it('says each message once, as it is now', () => {
    const all = merged(part([message(1), message(2)]), part([message(2, null)]))
    expect(all.messages.map((one) => one.text)).toEqual(['no. 1', null])
  })

  it('asks again from before what somebody else wrote at the same time', () => {
    expect([lastWithoutGap([]), lastWithoutGap([message(3), message(4)]), lastWithoutGap([message(1), message(2), message(4)])]).toEqual([0, 4, 2])
  })

  it('stays as it is when nothing came', () => {
    const all = merged(part([message(1)], true), part([]))
    expect([numbersOf(all), all.earlier]).toEqual([[1], true])
  })
})
