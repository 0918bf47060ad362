import { effectScope, nextTick, shallowRef } from 'vue'
import { describe, expect, it } from 'vitest'
import type { CellValue, Values } from '@/api/types'
import { writeCell } from './cells'
import { useCellStates } from './cellStates'
import { byAddress, explanationMap } from './ruleResults'

function form(start: Values) {
  const values = shallowRef(start)
  const resultsAt = shallowRef(byAddress([]))
  const proposals = shallowRef<ReadonlyMap<string, CellValue>>(new Map())
  const explanations = shallowRef(explanationMap([]))
  const cellAt = useCellStates({ values, resultsAt, explanations, proposals, invalid: shallowRef(new Map()), refused: shallowRef(new Map()), reasonsAt: shallowRef(new Map()) })
  return { values, resultsAt, proposals, explanations, cellAt }
}

describe('the state of a cell', () => {
  it('is another only for the cell that changed', async () => {
    const scope = effectScope()
    await scope.run(async () => {
      const { values, cellAt } = form({ staff: [{ _id: 'r1', hours: 1 }, { _id: 'r2', hours: 2 }] })
      const [first, second] = [cellAt('staff/r1/hours'), cellAt('staff/r2/hours')]
      const before = [first.value, second.value]
      values.value = writeCell(values.value, 'staff/r1/hours', 5)
      await nextTick()
      expect(first.value.own).toBe(5)
      expect(first.value).not.toBe(before[0])
      expect(second.value).toBe(before[1])
    })
    scope.stop()
  })

  it('holds the mark of a rule, the offer of the last cycle while it is empty, the remark and the mark to follow up', async () => {
    const scope = effectScope()
    await scope.run(async () => {
      const { values, resultsAt, proposals, explanations, cellAt } = form({})
      const cell = cellAt('rooms')
      proposals.value = new Map([['rooms', 3]])
      resultsAt.value = byAddress([{ rule: 'E1', severity: 'error', at: ['rooms'], message: { zh: '', en: '' } }])
      explanations.value = explanationMap([{ rule: 'remark', at: 'rooms', text: 'why' }, { rule: 'follow-up', at: 'rooms', text: '⚑' }])
      await nextTick()
      expect(cell.value).toMatchObject({ own: null, offered: 3, tone: 'error', remark: 'why', flagged: true })
      values.value = { rooms: 4 }
      await nextTick()
      expect(cell.value).toMatchObject({ own: 4, offered: undefined })
    })
    scope.stop()
  })
})
