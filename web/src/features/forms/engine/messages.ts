export type Template = (values: string[], gradeName: string, rowNumber: string) => string

type Part = { text: string } | { value: number } | 'grade' | 'row'

/** A message with {placeholders}: names of the rule's values, {g} for the grade's name, {row} for the row's number. */
export function template(text: string, names: string[]): Template {
  const parts = text.split(/\{([^}]*)\}/).map((piece, index): Part => {
    if (index % 2 === 0) return { text: piece }
    const value = names.indexOf(piece)
    if (value >= 0) return { value }
    return piece === 'g' ? 'grade' : 'row'
  })
  return (values, gradeName, rowNumber) =>
    parts
      .map((part) => {
        if (part === 'grade') return gradeName
        if (part === 'row') return rowNumber
        return 'text' in part ? part.text : (values[part.value] ?? '')
      })
      .join('')
}
