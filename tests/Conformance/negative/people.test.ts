import { afterAll, expect } from 'vitest'
import { Browser } from '../driver/browser'
import { forms, signInForm } from '../driver/forms'
import { type Answer, encode, post } from '../driver/http'
import { authorize, freshCode, goodRequest, signedIn } from '../driver/relying-party'
import { makePeople } from '../running/people'
import { inDatabase } from '../running/postgres'
import { family, WrongAccept } from '../suite/case'
import { clients } from '../suite/clients'
import { once } from '../suite/once'
import { others, type Person, reporter, sprayed } from '../suite/people'
import { gengdu, type Target } from '../suite/target'
import { isErrorAtClient, Verdict } from '../suite/verdicts'
import { Replica } from '../system/replica'

/** One try to sign in; the browser is a stranger unless given. */
async function attempt(target: Target, person: Person, browser = new Browser()): Promise<Answer> {
  const first = await browser.get(`${target.authorize}?${encode(goodRequest(clients.first, { prompt: 'login' }).params)}`)
  const { answer } = await browser.follow(first, [new URL(target.authorize).origin])
  const form = signInForm(answer)!
  return browser.post(form.action, { ...form.fields, [form.nameField!]: person.userName, [form.passwordField!]: person.password })
}

const wrong = (person: Person): Person => ({ ...person, password: 'Not-the-password-7' })

async function lock(target: Target, person: Person): Promise<void> {
  for (let i = 0; i < 6; i++) await attempt(target, wrong(person))
}

const disable = (person: Person): Promise<unknown> => inDatabase(gengdu().place.database, 'update identity.people set disabled_at = now() where user_name = $1', [person.userName])

/** What somebody who tries names could compare: everything but values that are new each time. */
function comparable(answer: Answer, userName: string): string {
  const headers = Object.entries(answer.headers).filter(([name]) => !['date', 'set-cookie', 'content-length'].includes(name)).map(([name, value]) => `${name}: ${String(value)}`)
  const cookies = (answer.headers['set-cookie'] ?? []).map(line => line.replace(/=[^;]*/, '=…')).sort()
  const body = answer.text.replaceAll(userName, '…').replace(/value="[^"]*"/g, 'value="…"').replace(/ticket=[\w%.-]+/g, 'ticket=…')
  return [answer.status, ...headers, ...cookies, body].join('\n')
}

/** Made at the server with dear passwords, and nowhere else. */
const stranger = (person: Person): Person => ({ ...person, userName: `dear-${person.userName}` })

let dear: Replica | undefined

afterAll(() => dear?.stop())

// A server whose passwords cost what they cost in production (a fifth of it here): else nobody would see one that was not looked at.
const strict = process.env.GENGDU_TIMING === 'strict'
const [pairs, most, rounds] = strict ? [200, 0.05, 100_000] : [16, 0.6, 20_000]
const timed = once(async () => {
  dear = await Replica.start({ PasswordHashing__Iterations: String(rounds) })
  await makePeople(dear.target, [others.timed, others.timedLocked, others.timedDisabled].map(stranger))
  await lock(dear.target, stranger(others.timedLocked))
  await disable(stranger(others.timedDisabled))
  return dear.target
})

family('AS-N37', 'a refusal does not tell who exists', 'ours', (target, vector) => {
  const unknown = { userName: 'nobody-of-that-name', password: 'Not-the-password-7' }
  const reference = once(async () => comparable(await attempt(target, unknown), unknown.userName))
  const prepared = once(async () => {
    await lock(target, others.timedLocked)
    await disable(others.timedDisabled)
  })
  const kinds: [string, Person][] = [
    ['a wrong password', wrong(others.timed)], ['a locked person, wrong password', wrong(others.timedLocked)], ['a locked person, right password', others.timedLocked],
    ['a disabled person, right password', others.timedDisabled], ['a disabled person, wrong password', wrong(others.timedDisabled)], ['an unknown name in another alphabet', { userName: '无此人', password: 'x' }],
    ['an unknown name of 64 letters', { userName: 'n'.repeat(64), password: 'x' }], ['an empty password', { ...others.timed, password: '' }], ['an empty name', { userName: '', password: 'x' }],
    ['a name of 65 letters', { userName: 'n'.repeat(65), password: 'x' }], ['a name with quotes', { userName: '\' or 1=1 --', password: 'x' }], ['a name with a star', { userName: 'report*', password: 'x' }],
    ['a name with NUL', { userName: 'a\0b', password: 'x' }], ['a password of 10,000 letters', { ...others.timed, password: 'x'.repeat(10_000) }],
  ]
  for (const [name, person] of kinds) {
    vector(`${name}: same status, headers, body`, async () => {
      await prepared()
      const answer = await attempt(target, person)
      if (answer.status < 400) throw new WrongAccept(`${answer.status} ${answer.headers.location}`)
      if (/NUL/.test(name)) { expect(answer.status).toBeLessThan(500); return }
      // An empty name shows its own field again, which nobody learns anything from.
      const shown = comparable(answer, person.userName || '\u0000')
      if (person.userName === '') expect(answer.status).toBe(401)
      else expect(shown.replace(/ autofocus/g, '')).toBe((await reference()).replace(/ autofocus/g, ''))
    })
  }

  for (const [name, person] of [['a wrong password', wrong(others.timed)], ['a locked person', wrong(others.timedLocked)], ['a disabled person', wrong(others.timedDisabled)]] as const) {
    vector(`${name} takes as long as an unknown name (${pairs} pairs, ${most * 100} %)`, async () => {
      const server = await timed()
      const times: [number[], number[]] = [[], []]
      for (let i = 0; i < pairs; i++) {
        // In turn, and each first as often as second: what else the machine does hits both alike.
        const order = i % 2 === 0 ? [0, 1] : [1, 0]
        for (const which of order) times[which]!.push((await attempt(server, which === 0 ? { userName: `nobody-${i}-${name.length}`, password: 'x' } : stranger(person))).milliseconds)
        // Forgotten again, or the wrong password would become a lock after five.
        await inDatabase(gengdu().place.database, 'delete from identity.sign_in_failures where subject in (select id from identity.people where user_name = $1)', [name === 'a wrong password' ? stranger(person).userName : ''])
      }
      const [unknownMedian, knownMedian] = [median(times[0]), median(times[1])]
      const difference = Math.abs(unknownMedian - knownMedian)
      if (difference > most * unknownMedian) throw new Verdict(`medians ${unknownMedian.toFixed(2)} and ${knownMedian.toFixed(2)} ms`)
    }, { timeout: 120_000 })
  }
})

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1]!
}

family('AS-N38', 'guessing leads nowhere, and locks nobody out of their own browser', 'ours', (target, vector) => {
  vector('one password, 500 names: nobody is let in', async () => {
    for (let from = 0; from < sprayed.length; from += 10) {
      const answers = await Promise.all(sprayed.slice(from, from + 10).map(person => attempt(target, { ...person, password: 'Spring2026!' })))
      for (const answer of answers) if (answer.status < 400) throw new WrongAccept(`${answer.status}`)
    }
  }, { timeout: 120_000 })
  for (const person of [sprayed[0]!, sprayed[250]!, sprayed[499]!]) {
    vector(`afterwards ${person.userName} is not locked`, async () => { await signedIn(target, person, clients.first) })
  }
  vector('a hundred guesses at once all count: the right password is too late', async () => {
    // At a replica of their own, which may turn some away for load: those were not looked at.
    const server = await timed()
    await Promise.all(Array.from({ length: 100 }, () => attempt(server, wrong(others.guessed))))
    const answer = await attempt(target, others.guessed)
    if (answer.status < 400) throw new WrongAccept('the lock was passed')
  })
  const known = once(async () => {
    const browser = await signedIn(target, others.locked, clients.first)
    await lock(target, others.locked)
    return browser
  })
  vector('a locked person: a strange browser is refused', async () => {
    await known()
    const answer = await attempt(target, others.locked)
    if (answer.status < 400) throw new WrongAccept('the lock was passed')
  })
  vector('a locked person: the browser they used before is let in', async () => {
    const browser = await known()
    expect((await attempt(target, others.locked, browser)).status).toBe(303)
    await freshCode(target, browser, clients.first, { prompt: 'none' })
  })
  vector('a locked person: a copied cookie of somebody else\'s browser is no key', async () => {
    await known()
    const foreign = await signedIn(target, reporter, clients.first)
    const answer = await attempt(target, others.locked, foreign)
    if (answer.status < 400) throw new WrongAccept('the lock was passed')
  })
  for (const grant_type of ['password', 'urn:ietf:params:oauth:grant-type:password', 'client_credentials']) {
    vector(`grant_type ${grant_type} is no way round`, async () => {
      const answer = await post(target.token, { grant_type, username: others.locked.userName, password: others.locked.password, client_id: 'post', client_secret: clients.post.secret })
      if (answer.status < 400) throw new WrongAccept(`${answer.status}`)
    })
  }
  for (const [name, userName] of [['capitals', (n: string) => n.toUpperCase()], ['a blank behind', (n: string) => `${n} `], ['full-width letters', (n: string) => n.replace('l', 'ｌ')], ['a NUL behind', (n: string) => `${n}\0`]] as const) {
    vector(`${name} in the name are no way round the lock`, async () => {
      await known()
      const answer = await attempt(target, { ...others.locked, userName: userName(others.locked.userName) })
      if (answer.status < 400) throw new WrongAccept('the lock was passed')
    })
  }
})

family('AS-N39', 'a session begins with the sign-in and ends with the sign-out', 'ours', (target, vector) => {
  const silent = (browser: Browser): ReturnType<typeof authorize> => authorize(target, browser, goodRequest(clients.first, { prompt: 'none' }).params)
  const host = new URL(target.issuer).hostname
  vector('a planted cookie is not taken over', async () => {
    const browser = new Browser()
    browser.plant('gengdu-sign-in', 'planted', host, '/identity')
    await authorize(target, browser, goodRequest(clients.first).params, { person: reporter })
    expect(browser.value('gengdu-sign-in')).not.toBe('planted')
  })
  vector('a second sign-in gives another session, and the first one\'s cookie is dead', async () => {
    const browser = await signedIn(target, others.fixated, clients.first)
    const [old, former] = [browser.copy(), browser.value('gengdu-sign-in')]
    await authorize(target, browser, goodRequest(clients.first, { prompt: 'login' }).params, { person: others.fixated })
    expect(browser.value('gengdu-sign-in')).not.toBe(former)
    isErrorAtClient(await silent(old), clients.first.redirectUri, 'login_required')
  })
  vector('another person in the same browser ends the first one\'s session', async () => {
    const browser = await signedIn(target, others.fixated, clients.first)
    const old = browser.copy()
    await authorize(target, browser, goodRequest(clients.first, { prompt: 'login' }).params, { person: reporter })
    isErrorAtClient(await silent(old), clients.first.redirectUri, 'login_required')
  })
  vector('after the sign-out the cookie is dead', async () => {
    const browser = await signedIn(target, others.fixated, clients.first)
    const thief = browser.copy()
    const asking = forms(await browser.get(target.endSession)).find(form => form.method === 'POST')!
    await browser.post(asking.action, asking.fields)
    isErrorAtClient(await silent(thief), clients.first.redirectUri, 'login_required')
  })
  for (const [name, spoil] of [['one letter changed', (value: string) => value.slice(0, -2) + (value.at(-2) === 'A' ? 'B' : 'A') + value.at(-1)], ['cut short', (value: string) => value.slice(0, value.length / 2)], ['empty', () => ''], ['10 kB', () => 'a'.repeat(10_000)], ['nonsense', () => 'nonsense']] as const) {
    vector(`a cookie with ${name}`, async () => {
      const browser = await signedIn(target, reporter, clients.first)
      browser.plant('gengdu-sign-in', spoil(browser.value('gengdu-sign-in')!), host, '/identity')
      isErrorAtClient(await silent(browser), clients.first.redirectUri, 'login_required')
    })
  }
  vector('the cookies are HttpOnly, of this path, for no domain', async () => {
    const lines = (await attempt(target, reporter)).headers['set-cookie'] ?? []
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) {
      expect(line).toMatch(/httponly/i)
      expect(line).toMatch(/path=\/identity/i)
      expect(line).toMatch(/samesite=(lax|strict)/i)
      expect(line).not.toMatch(/domain=/i)
    }
  })
})
