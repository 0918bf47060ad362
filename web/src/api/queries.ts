import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { inTurn } from '@/ui/format'
import * as reporting from './reporting'
import type { Cycle, Level } from './types'

export const useCycles = () => useQuery({ queryKey: ['cycles'], queryFn: reporting.listCycles, staleTime: 60_000 })

/** Open cycles first, the newest of them first; what every page starts from when none is chosen. */
export const sortedCycles = (cycles: Cycle[]) => {
  const order = { open: 0, planned: 1, closed: 2 }
  return [...cycles].sort((a, b) => order[a.state] - order[b.state] || inTurn(b.opensAt, a.opensAt))
}

export const useReport = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: ['reports', 'one', computed(() => toValue(id))], queryFn: () => reporting.readReport(toValue(id)) })

/** The reports an organisation itself owes; one that is city and county at once owes both. */
export const useOwnReports = (organisationId: MaybeRefOrGetter<string>, levels: MaybeRefOrGetter<Level[]>) =>
  useQuery({
    queryKey: ['reports', 'own', computed(() => toValue(organisationId)), computed(() => toValue(levels))],
    queryFn: async () => {
      const id = toValue(organisationId)
      const pages = await Promise.all(toValue(levels).map((level) => reporting.listOwnReports(id, level)))
      return pages.flatMap((page) => page.items).filter((report) => report.organisation.id === id)
    },
    refetchInterval: 30_000,
  })

export const useProgramme = (cycle: MaybeRefOrGetter<{ programmeKey: string; programmeVersion: string } | null | undefined>) =>
  useQuery({
    queryKey: ['programme', computed(() => toValue(cycle)?.programmeKey), computed(() => toValue(cycle)?.programmeVersion)],
    queryFn: () => reporting.readProgramme(toValue(cycle)!.programmeKey, toValue(cycle)!.programmeVersion),
    enabled: computed(() => toValue(cycle) != null),
    staleTime: Infinity,
  })
