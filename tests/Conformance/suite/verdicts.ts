import { expect } from 'vitest'
import type { Outcome } from '../driver/relying-party'
import { type Answer, json } from '../driver/http'
import { WrongAccept } from './case'

/** A refusal that came, but not as it has to. */
export class Verdict extends Error {
  override readonly name = 'Verdict'
}

const shown = (answer: Answer): string => `${answer.status} ${answer.headers.location ?? ''} ${answer.text.replace(/\s+/g, ' ').slice(0, 300)}`

/** An error for the person alone: a page with a 4xx status that leads nowhere. */
export function isErrorPage(outcome: Outcome): void {
  if (outcome.atClient !== undefined) throw new WrongAccept(`led to ${outcome.atClient.toString().slice(0, 200)}`)
  isRefusedPage(outcome.page)
}

export function isRefusedPage(page: Answer): void {
  if (page.headers.location !== undefined) throw new WrongAccept(`led to ${page.headers.location.slice(0, 200)}`)
  if (/type="password"/.test(page.text) && page.status < 400) throw new WrongAccept('went on to sign-in')
  if (page.status < 400 || page.status > 499) throw new Verdict(`an error page was due: ${shown(page)}`)
}

/** An error for the client, at the address that was asked for. */
export function isErrorAtClient(outcome: Outcome, redirectUri: string, ...errors: string[]): void {
  if (outcome.params.code !== undefined) throw new WrongAccept('a code was given out')
  if (outcome.atClient === undefined) {
    if (/type="password"/.test(outcome.page.text) && outcome.page.status < 400) throw new WrongAccept('went on to sign-in')
    throw new Verdict(`a redirect with an error was due: ${shown(outcome.page)}`)
  }
  if (!outcome.atClient.toString().startsWith(redirectUri)) throw new WrongAccept(`led to ${outcome.atClient.toString().slice(0, 200)}`)
  if (!errors.includes(outcome.params.error ?? '')) throw new Verdict(`${errors.join(' or ')} was due: ${outcome.atClient.toString().slice(0, 300)}`)
}

/** Either way of refusing an authorization request: nothing goes on, nothing leads off the list. */
export function isRefused(outcome: Outcome, redirectUri: string, ...errors: string[]): void {
  if (outcome.atClient === undefined) isRefusedPage(outcome.page)
  else isErrorAtClient(outcome, redirectUri, ...errors)
}

/** An OAuth error object with the status that belongs to it. */
export function isOAuthError(answer: Answer, errors: string | string[], status = 400): void {
  if (answer.status >= 200 && answer.status < 300) throw new WrongAccept(`accepted: ${shown(answer)}`)
  if (answer.status !== status) throw new Verdict(`${status} was due: ${shown(answer)}`)
  const { error } = json<{ error?: string }>(answer)
  if (![errors].flat().includes(error ?? '')) throw new Verdict(`${[errors].flat().join(' or ')} was due: ${shown(answer)}`)
}

export function isRefusedToken(answer: Answer, ...statuses: number[]): void {
  if (answer.status >= 200 && answer.status < 300) throw new WrongAccept(`accepted: ${shown(answer)}`)
  if (!(statuses.length === 0 ? [401] : statuses).includes(answer.status)) throw new Verdict(`${statuses.join(' or ') || 401} was due: ${shown(answer)}`)
}

export function isSuccess(answer: Answer): void {
  if (answer.status !== 200) throw new Verdict(`200 was due: ${shown(answer)}`)
}

export const isUncached = (answer: Answer): void => expect(answer.headers['cache-control']).toMatch(/no-store/)
