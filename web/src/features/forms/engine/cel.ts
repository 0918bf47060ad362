import { Environment } from '@marcbachmann/cel-js'
import { registerFunctions } from './functions'

/** What an expression gives when it fails; a rule never throws into a form. */
export const failed = Symbol('failed')

export type Expression = {
  evaluate: (context: object) => unknown
  /** Names it reads, macro variables left out. */
  names: string[]
  /** Members it takes of `row`. */
  rowMembers: string[]
}

type Node = { op: string; args: unknown }

const environment = registerFunctions(new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false }))
const macros = new Set(['all/2', 'exists/2', 'exists_one/2', 'filter/2', 'map/2', 'map/3'])
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'op' in value

/** Compiles the text once; a text that can't be compiled fails at each evaluation (the server never publishes one). */
export function compile(text: string): Expression {
  try {
    const run = environment.parse(text)
    const names = new Set<string>()
    const rowMembers = new Set<string>()
    walk(run.ast, new Set(), names, rowMembers)
    return { evaluate: (context) => attempt(run, context), names: [...names], rowMembers: [...rowMembers] }
  } catch {
    return { evaluate: () => failed, names: [], rowMembers: [] }
  }
}

function attempt(run: (context: never) => unknown, context: object): unknown {
  try {
    return run(context as never)
  } catch {
    return failed
  }
}

function walk(node: unknown, bound: Set<string>, names: Set<string>, rowMembers: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, bound, names, rowMembers)
    return
  }
  if (!isNode(node) || node.op === 'value') return
  if (node.op === 'id') {
    if (!bound.has(node.args as string)) names.add(node.args as string)
    return
  }
  if (node.op === '.') {
    const [target, member] = node.args as [Node, string]
    if (target.op === 'id' && target.args === 'row' && !bound.has('row')) rowMembers.add(member)
    walk(target, bound, names, rowMembers)
    return
  }
  if (node.op === 'rcall') {
    const [method, target, parameters] = node.args as [string, Node, Node[]]
    const isMacro = macros.has(`${method}/${parameters.length}`)
    walk(target, bound, names, rowMembers)
    const inner = isMacro ? new Set([...bound, parameters[0]?.args as string]) : bound
    walk(isMacro ? parameters.slice(1) : parameters, inner, names, rowMembers)
    return
  }
  walk(node.op === 'call' ? (node.args as [string, Node[]])[1] : node.args, bound, names, rowMembers)
}
