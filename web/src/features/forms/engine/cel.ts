import { Environment } from '@marcbachmann/cel-js'
import { registerFunctions } from './functions'

/** What an expression gives when it fails; a rule never throws into a form. */
export const failed = Symbol('failed')

export type Expression = {
  evaluate: (context: object) => unknown
  /** Names it reads, macro variables left out. */
  names: string[]
  /** Members it takes of the names that stand for a map, as [name, member]. */
  members: [string, string][]
}

type Node = { op: string; args: unknown }

const environment = registerFunctions(new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false }))
const macros = new Set(['all/2', 'exists/2', 'exists_one/2', 'filter/2', 'map/2', 'map/3'])
/** Names for maps whose members may be missing: an expression that takes one is skipped then, as with a field. */
const maps = new Set(['row', 'cell', 'previous', 'parent', 'master', 'peers'])
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'op' in value

/** Compiles the text once; a text that can't be compiled fails at each evaluation (the server never publishes one). */
export function compile(text: string): Expression {
  try {
    const run = environment.parse(text)
    const names = new Set<string>()
    const members = new Map<string, [string, string]>()
    walk(run.ast, new Set(), names, members)
    return { evaluate: (context) => attempt(run, context), names: [...names], members: [...members.values()] }
  } catch {
    return { evaluate: () => failed, names: [], members: [] }
  }
}

function attempt(run: (context: never) => unknown, context: object): unknown {
  try {
    return run(context as never)
  } catch {
    return failed
  }
}

function walk(node: unknown, bound: Set<string>, names: Set<string>, members: Map<string, [string, string]>): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, bound, names, members)
    return
  }
  if (!isNode(node) || node.op === 'value') return
  if (node.op === 'id') {
    if (!bound.has(node.args as string)) names.add(node.args as string)
    return
  }
  if (node.op === '.') {
    const [target, member] = node.args as [Node, string]
    const name = target.op === 'id' ? (target.args as string) : ''
    if (maps.has(name) && !bound.has(name)) members.set(`${name}.${member}`, [name, member])
    walk(target, bound, names, members)
    return
  }
  if (node.op === 'rcall') {
    const [method, target, parameters] = node.args as [string, Node, Node[]]
    const isMacro = macros.has(`${method}/${parameters.length}`)
    walk(target, bound, names, members)
    const inner = isMacro ? new Set([...bound, parameters[0]?.args as string]) : bound
    walk(isMacro ? parameters.slice(1) : parameters, inner, names, members)
    return
  }
  walk(node.op === 'call' ? (node.args as [string, Node[]])[1] : node.args, bound, names, members)
}
