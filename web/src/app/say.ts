/** Texts as they lie in `locales/`: words within words. */
export type Words = { [key: string]: string | Words }

/** The text at `nav.home`; nothing where there is none, or where there are only more words. */
export function textAt(words: Words, key: string): string | undefined {
  let here: string | Words | undefined = words
  for (const part of key.split('.')) here = typeof here === 'object' && Object.hasOwn(here, part) ? here[part] : undefined
  return typeof here === 'string' ? here : undefined
}

/**
 * A text with its holes filled: `{name}` is the value of that name. `one | many` says the first for one, the second for every other number:
 * that of `count`, or `number` where a count is given as it is to be read. It is the part of vue-i18n's grammar that the texts use
 * (`say.test.ts` holds every text against vue-i18n itself); it takes no compiler in front of the first screen (ADR 0023).
 */
export function say(text: string, given: Record<string, unknown> = {}, number?: number): string {
  const [one, many] = text.split(' | ')
  const values = number === undefined ? given : { count: number, ...given }
  const form = many === undefined || isOne(typeof values.count === 'number' ? values.count : number) ? one! : many
  return form.includes('{') ? form.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')) : form
}

// What is no number says nothing about how many there are.
const isOne = (count: number | undefined) => count === undefined || Math.abs(count) === 1
