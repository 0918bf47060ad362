import type { Cycle, Exploration, Programme } from '@/api/types'
import { useWords } from '@/app/i18n'
import { formatNumber } from '@/ui/format'

const words: Record<string, string> = { 'school-type': 'organisations.type', 'urban-rural': 'organisations.urbanRural', 'run-by': 'organisations.runBy', boarding: 'figure.boardingGroup', level: 'figure.levelGroup', stage: 'figure.stage', state: 'explore.state' }

/** How keys of dimensions are called in the reader's language: places and indicators as the answer names them, kinds by our own words. */
export function useMemberNames(programme: () => Programme | undefined, cycles: () => Cycle[]) {
  const { t, te, tx, nameOf, locale } = useWords()
  const count = (text: string) => formatNumber(Number(text), locale.value)
  const dimensionName = (dimension: string) => t(te(`figure.dimension.${dimension}`) ? `figure.dimension.${dimension}` : `explore.dimension.${dimension}`)

  function memberName(answer: Exploration | undefined, dimension: string, key: string | null) {
    if (key === null) return t('explore.total')
    const named = answer?.members[dimension]?.find((one) => one.key === key)?.name
    if (dimension === 'indicator') {
      const member = answer?.members.indicator?.find((one) => one.key === key)
      const name = `${key} ${tx(named ?? programme()?.indicators.find((one) => one.id === key)?.name)}`.trim()
      // Per cent stands at each number, any other unit here alone.
      const unit = tx(member?.unit ?? null)
      return unit && unit !== '%' ? t('explore.withUnit', { name, unit }) : name
    }
    if (named) return tx(named)
    if (dimension === 'cycle') return nameOf(cycles().find((one) => one.id === key) ?? { nameZh: key })
    if (key === '') return t('figure.unknownGroup')
    if (dimension === 'size') {
      const [from, until] = key.split('-')
      return until ? t('figure.sizeGroup', { from: count(from!), until: count(until) }) : t('figure.sizeOpen', { from: count(from!) })
    }
    if (dimension === 'stage' && !te(`figure.stage.${key}`)) return tx(programme()?.programme.schoolTypes?.find((one) => one.key === key)?.name) || key
    const word = `${words[dimension]}.${key}`
    return te(word) ? t(word) : key
  }

  return { dimensionName, memberName }
}
