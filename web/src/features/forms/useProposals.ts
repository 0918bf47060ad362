import { computed, shallowRef } from 'vue'
import type { CellChange, CellValue, Row } from '@/api/types'
import { nextRowId } from './cells'
import { mayBeOffered, proposalsOf } from './proposals'
import type { ModuleForm } from './useModuleForm'

/** Values of the last cycle and of registers that wait for a yes. What somebody does not want this time stays away in this browser. */
export function useProposals(form: ModuleForm, moduleReportId: string, isShown: (key: string) => boolean, storage: Storage = localStorage) {
  const place = `gengdu.dismissed.${moduleReportId}`
  const dismissed = shallowRef<ReadonlySet<string>>(new Set(readList(storage, place)))

  const proposals = computed<ReadonlyMap<string, CellValue>>(() => {
    const report = form.editable.value ? form.report.value : null
    if (!report?.previousValues && !report?.context.registers) return new Map()
    const fields = form.definition.value?.fields.filter((field) => mayBeOffered(field) && isShown(field.key)) ?? []
    return proposalsOf(fields, report.previousValues ?? null, form.values.value, form.grades.value, dismissed.value, report.context.registers)
  })

  function confirm(cells: string[]) {
    const changes: CellChange[] = []
    const ids = new Map<string, number>()
    for (const at of cells) {
      const value = proposals.value.get(at)
      const [field = '', row] = at.split('/')
      if (value === undefined) continue
      if (!isRow(value) || row === undefined) changes.push({ at, value })
      else {
        // Rows get ids of this cycle: an old one may be somebody else's new row by now.
        const id = ids.get(field) ?? Number(nextRowId(form.values.value, field).slice(1))
        ids.set(field, id + 1)
        changes.push({ at: `${field}/r${id}`, value: Object.fromEntries(Object.entries(value).filter(([key]) => key !== '_id')) })
      }
    }
    const taken = cells.filter((at) => isRow(proposals.value.get(at)))
    form.setCells(changes)
    dismiss(taken)
  }

  function dismiss(cells: string[]) {
    if (cells.length === 0) return
    dismissed.value = new Set([...dismissed.value, ...cells])
    try {
      storage.setItem(place, JSON.stringify([...dismissed.value]))
    } catch {
      // Storage full or switched off: the offer comes back at the next visit, nothing is lost.
    }
  }

  return { proposals, confirm, dismiss }
}

const isRow = (value: CellValue | undefined): value is Row & CellValue => typeof value === 'object' && value !== null && '_id' in value

function readList(storage: Storage, place: string): string[] {
  try {
    const kept = JSON.parse(storage.getItem(place) ?? '[]') as unknown
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}
