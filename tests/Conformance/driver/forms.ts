import type { Answer } from './http'

export interface Form {
  action: string
  method: string
  fields: Record<string, string>
  passwordField?: string
  nameField?: string
  /** Fields a person fills in that are neither name nor password: a one-time code. */
  otherFields: string[]
}

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}\\s*=\\s*("([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag)
  return found ? unescape(found[2] ?? found[3] ?? found[4] ?? '') : undefined
}

const unescape = (text: string): string => text
  .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)))
  .replace(/&#(\d+);/g, (_, decimal: string) => String.fromCodePoint(Number(decimal)))
  .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')

/** Forms of a page, read without a browser: enough for pages that work without scripts. */
export function forms(page: Answer): Form[] {
  return [...page.text.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)].map(([, head = '', body = '']) => {
    const form: Form = {
      action: new URL(attribute(` ${head}`, 'action') ?? page.url, page.url).toString(),
      method: (attribute(` ${head}`, 'method') ?? 'get').toUpperCase(),
      fields: {},
      otherFields: [],
    }
    for (const [tag] of body.matchAll(/<(?:input|button)\b[^>]*>/gi)) {
      const [name, type] = [attribute(tag, 'name'), attribute(tag, 'type')?.toLowerCase() ?? 'text']
      if (name === undefined) continue
      if (type === 'password') form.passwordField = name
      else if (type === 'text' && /user|login|name/i.test(name)) form.nameField = name
      else if (type === 'text') form.otherFields.push(name)
      form.fields[name] = attribute(tag, 'value') ?? ''
    }
    return form
  })
}

export const signInForm = (page: Answer): Form | undefined => forms(page).find(form => form.passwordField !== undefined)
