import { describe, it } from 'vitest'
import { differenceOf } from './differences'
import { counts } from './counts'
import { gengdu, type System, type Target, targets } from './target'

/** The server took what it had to refuse. Worse than any other failure, and counted apart. */
export class WrongAccept extends Error {
  override readonly name = 'WrongAccept'
}

interface Options { timeout?: number; concurrent?: boolean }

/** A module of the certification suite, by its name there; run against the calibrator and against us. */
export function module(name: string, title: string, run: (target: Target) => Promise<void>, options: Options = {}): void {
  describe(`${name}: ${title}`, () => {
    for (const target of targets()) {
      single(target, name, target.name, () => {
        if (target.name === 'gengdu') counts.module(name)
        return run(target)
      }, options)
    }
  })
}

/** A module for what a bare provider is not set up for here: signing and pushing clients. */
export function ownModule(name: string, title: string, run: (target: System) => Promise<void>, options: Options = {}): void {
  describe(`${name}: ${title}`, () => {
    single(gengdu(), name, 'gengdu', () => {
      counts.module(name)
      return run(gengdu())
    }, options)
  })
}

export type Vector = (name: string, run: () => Promise<void>, options?: Options) => void

/** A family of negative cases with its vectors. `ours` concerns parts a bare provider does not have. */
export function family(id: string, title: string, which: 'both' | 'ours', body: (target: Target, vector: Vector) => void): void {
  describe(`${id} ${title}`, () => {
    for (const target of targets().filter(({ name }) => which === 'both' || name === 'gengdu')) {
      describe(target.name, () => body(target, (name, run, options = {}) => {
        single(target, `${id}/${name}`, name, () => {
          if (target.name === 'gengdu') counts.vector(id)
          return run()
        }, options)
      }))
    }
  })
}

function single(target: Target, key: string, title: string, run: () => Promise<void>, { timeout, concurrent }: Options): void {
  const difference = differenceOf(target.name, key)
  const register = concurrent ? it.concurrent : it
  register(difference === undefined ? title : `${title} [${difference.open ? 'open finding' : 'differs'}: ${difference.reason}]`, async () => {
    const fault = await run().then(() => undefined, (reason: unknown) => reason)
    if (difference?.open) {
      if (fault !== undefined) counts.openFinding(`${key}: ${difference.reason}`)
      return
    }
    if (fault instanceof WrongAccept && target.name === 'gengdu') counts.wrongAccept(`${key}: ${fault.message}`)
    if (difference === undefined && fault !== undefined) throw fault
    // A difference that is none any more must leave the table.
    if (difference !== undefined && fault === undefined) throw new Error(`${key} passes now: take it out of suite/differences.ts`)
    if (difference !== undefined && !isVerdict(fault)) throw fault
  }, timeout)
}

// A case that differs must fail by its own check, not because nothing could be reached.
const isVerdict = (fault: unknown): boolean => fault instanceof WrongAccept || (fault instanceof Error && /Assertion|Verdict/.test(fault.name))
