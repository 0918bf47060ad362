import type { Texts } from './types'

export type ProblemError = { at: string; code: string; messages: Texts; rule?: string; line?: number }

export type ProblemDocument = {
  type?: string
  title: string
  detail?: string
  status: number
  code: string
  messages?: Texts
  errors?: ProblemError[]
  traceId?: string
}

/** What a failed call throws: the server's problem, or one of ours (WEB-…) when no server answered. */
export class Problem extends Error {
  readonly document: ProblemDocument

  constructor(document: ProblemDocument) {
    super(document.detail ?? document.title)
    this.name = 'Problem'
    this.document = document
  }

  get status() {
    return this.document.status
  }

  get code() {
    return this.document.code
  }

  get errors(): ProblemError[] {
    return this.document.errors ?? []
  }

  /** No answer, an overloaded or restarting server: the same request may work in a moment. */
  get isTemporary() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500
  }

  text(locale: string): string {
    const { messages, detail, title } = this.document
    if (messages) return locale.startsWith('zh') ? messages.zh : messages.en
    return detail ?? title
  }
}

export const offlineProblem = () =>
  new Problem({ status: 0, code: 'WEB-0001', title: 'No answer from the server', messages: {
    zh: '连接不上服务器。', en: 'The server cannot be reached.' } })

export const signedOutProblem = () =>
  new Problem({ status: 401, code: 'WEB-0004', title: 'Not signed in', messages: { zh: '登录已过期，请重新登录。', en: 'The sign-in has expired. Please sign in again.' } })

export function problemOf(response: Response, body: unknown): Problem {
  if (isProblemDocument(body)) return new Problem({ ...body, status: response.status })
  return new Problem({ status: response.status, code: `WEB-${response.status}`, title: response.statusText || 'Error',
    messages: { zh: `服务器返回了意外的答复（${response.status}）。`, en: `The server gave an unexpected answer (${response.status}).` } })
}

function isProblemDocument(body: unknown): body is ProblemDocument {
  return typeof body === 'object' && body !== null && 'title' in body && 'code' in body
}

export type NextStep =
  | 'sign-in' | 'reload' | 'wait' | 'fix-fields' | 'ask-extension' | 'ask-rights' | 'go-back' | 'check-network' | 'report'

/** What the person can do about it, by status first and by code where a status means several things. */
export function nextStep(problem: Problem): NextStep {
  if (problem.status === 0) return 'check-network'
  if (problem.status === 401) return 'sign-in'
  if (problem.status === 403) return 'ask-rights'
  if (problem.status === 404 || problem.status === 410) return 'go-back'
  if (problem.status === 412 || problem.status === 428) return 'reload'
  if (problem.code === 'RPT-0311') return 'ask-extension'
  if (problem.status === 409) return 'reload'
  if (problem.errors.length > 0 || problem.status === 400 || problem.status === 422) return 'fix-fields'
  if (problem.isTemporary) return 'wait'
  return 'report'
}
