import { type Answer, encode, formHeaders, location, type Pairs, send } from './http'

interface Cookie { name: string; value: string; host: string; path: string }

/** What a person's browser does for a sign-in: keeps cookies by host and path, follows redirects, fills in forms. No scripts. */
export class Browser {
  private cookies: Cookie[] = []

  get(url: string, headers: Record<string, string> = {}): Promise<Answer> { return this.ask('GET', url, headers) }

  post(url: string, pairs: Pairs, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask('POST', url, { ...formHeaders, ...headers }, encode(pairs))
  }

  cookieHeader(url: string): string {
    const { hostname, pathname } = new URL(url)
    return this.cookies.filter(cookie => cookie.host === hostname && (pathname === cookie.path || pathname.startsWith(cookie.path.endsWith('/') ? cookie.path : `${cookie.path}/`)))
      .map(cookie => `${cookie.name}=${cookie.value}`).join('; ')
  }

  cookieNames(): string[] { return this.cookies.map(cookie => cookie.name) }

  value(name: string): string | undefined { return this.cookies.find(cookie => cookie.name === name)?.value }

  plant(name: string, value: string, host: string, path = '/'): void { this.keep({ name, value, host, path }) }

  /** A second browser with the same cookies: what a thief has. */
  copy(): Browser {
    const copy = new Browser()
    copy.cookies = this.cookies.map(cookie => ({ ...cookie }))
    return copy
  }

  /** Follows redirects until one leads away from all the given origins, or a page comes. */
  async follow(answer: Answer, origins: string[]): Promise<{ away?: URL; answer: Answer }> {
    for (let hop = 0; hop < 12; hop++) {
      const to = location(answer)
      if (answer.status < 300 || answer.status > 399 || to === undefined) return { answer }
      if (!origins.includes(to.origin)) return { away: to, answer }
      answer = await this.get(to.toString())
    }
    throw new Error(`More than 12 redirects, the last to ${answer.url}`)
  }

  private async ask(method: string, url: string, headers: Record<string, string>, body?: string): Promise<Answer> {
    const cookie = this.cookieHeader(url)
    const answer = await send(method, url, { headers: { accept: 'text/html', ...headers, ...(cookie ? { cookie } : {}) }, body })
    for (const line of answer.headers['set-cookie'] ?? []) this.take(line, url)
    return answer
  }

  private take(line: string, url: string): void {
    const [pair = '', ...attributes] = line.split(';').map(part => part.trim())
    const [name = '', ...value] = pair.split('=')
    const of = (wanted: string) => attributes.find(attribute => attribute.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1)
    const { hostname, pathname } = new URL(url)
    const cookie = { name, value: value.join('='), host: hostname, path: of('path') ?? (pathname.slice(0, pathname.lastIndexOf('/')) || '/') }
    const over = of('max-age') === '0' || (of('expires') !== undefined && Date.parse(of('expires')!) < Date.now())
    if (over) this.cookies = this.cookies.filter(other => !same(other, cookie))
    else this.keep(cookie)
  }

  private keep(cookie: Cookie): void { this.cookies = [...this.cookies.filter(other => !same(other, cookie)), cookie] }
}

const same = (a: Cookie, b: Cookie): boolean => a.name === b.name && a.host === b.host && a.path === b.path

