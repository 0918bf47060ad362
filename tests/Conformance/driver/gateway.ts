import { gengdu } from '../suite/target'
import type { Person } from '../suite/people'
import { Browser } from './browser'
import { signInForm } from './forms'
import { type Answer, location } from './http'

/** Signs in through the gateway as its pages do; returns the answer of its callback, which leads to the page that was asked for. */
export async function signInAtGateway(browser: Browser, person: Person, query = '', gateway = gengdu().gateway): Promise<Answer> {
  let answer = await browser.get(`${gateway}/bff/sign-in${query}`)
  for (let hop = 0; hop < 12; hop++) {
    if (new URL(answer.url).pathname === '/bff/callback') return answer
    const [form, to] = [signInForm(answer), location(answer)]
    if (form !== undefined) answer = await browser.post(form.action, { ...form.fields, [form.nameField!]: person.userName, [form.passwordField!]: person.password })
    else if (to !== undefined) answer = await browser.get(to.toString())
    else break
  }
  throw new Error(`The gateway's sign-in ended at ${answer.url} with ${answer.status}: ${answer.text.slice(0, 300)}`)
}

/** Up to the answer that the provider gives for the gateway's callback, which is not delivered. */
export async function untilCallback(browser: Browser, person: Person, gateway = gengdu().gateway): Promise<URL> {
  let answer = await browser.get(`${gateway}/bff/sign-in`)
  for (let hop = 0; hop < 12; hop++) {
    const [form, to] = [signInForm(answer), location(answer)]
    if (to?.pathname === '/bff/callback') return to
    if (form !== undefined) answer = await browser.post(form.action, { ...form.fields, [form.nameField!]: person.userName, [form.passwordField!]: person.password })
    else if (to !== undefined) answer = await browser.get(to.toString())
    else break
  }
  throw new Error(`The provider did not answer the gateway: ${answer.url} ${answer.status}`)
}
