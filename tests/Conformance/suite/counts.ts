import { appendFileSync } from 'node:fs'

/** What the closing line says. Each test file adds its own; the end of the run sums them up. */
export interface Sums {
  modules: string[]
  families: string[]
  vectors: number
  wrongAccepts: string[]
  open: string[]
  faults: string[]
  shed: number
  requests: number
}

export const nothing = (): Sums => ({ modules: [], families: [], vectors: 0, wrongAccepts: [], open: [], faults: [], shed: 0, requests: 0 })

class Counts {
  private sums = nothing()
  /** Its answers are not ours to count. */
  calibrator = ''

  answered(origin: string, status: number, retryAfter: boolean, what: string): void {
    if (origin === this.calibrator) return
    this.sums.requests++
    // "Come back in three seconds" is an answer; a fault is not.
    if (status === 503 && retryAfter) this.sums.shed++
    else if (status >= 500) this.sums.faults.push(`${status} ${what}`)
  }

  module(name: string): void { if (!this.sums.modules.includes(name)) this.sums.modules.push(name) }

  vector(family: string): void {
    this.sums.vectors++
    if (!this.sums.families.includes(family)) this.sums.families.push(family)
  }

  wrongAccept(what: string): void { this.sums.wrongAccepts.push(what) }

  /** What the finding's own fault did is said with it, not twice. */
  openFinding(what: string): void {
    this.sums.open.push(what)
    this.sums.faults = this.sums.faults.filter(fault => !fault.includes('/bff/callback'))
  }

  write(file: string): void {
    appendFileSync(file, `${JSON.stringify(this.sums)}\n`)
    this.sums = nothing()
  }
}

export const counts = new Counts()
