import type { NodeDashboard } from '@/api/types'

/**
 * What is known of a place from the page above it: enough to stand there at once when somebody goes down, with the same numbers they clicked
 * on. Its indicators and what lies below it follow.
 */
export function fromAbove(pages: (NodeDashboard | undefined)[], organisationId: string): NodeDashboard | undefined {
  for (const page of pages) {
    const child = page?.children.find(({ organisation }) => organisation.id === organisationId)
    if (!page || !child) continue
    const { organisation, completeness, areas, index } = child
    const { id, nameZh, nameEn } = page.organisation
    return { cycleId: page.cycleId, asOf: page.asOf, organisation, completeness, areas, index, parents: [...page.parents, { id, nameZh, nameEn }], indicators: [], children: [] }
  }
  return undefined
}
