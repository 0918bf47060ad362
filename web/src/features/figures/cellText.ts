/** A value of a document or of a step as people read it: lists in brackets, what is not there as a dash. */
export function asText(value: unknown, number: (value: number) => string, words: { yes: string; no: string }): string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'number') return number(value)
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return `[${value.map((one) => asText(one, number, words)).join(', ')}]`
  return Object.entries(value).filter(([key]) => key !== '_id').map(([key, one]) => `${key}: ${asText(one, number, words)}`).join(', ')
}
