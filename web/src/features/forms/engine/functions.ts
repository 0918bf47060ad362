import type { Environment } from '@marcbachmann/cel-js'
import { dayNumber } from './dates'

type Entries = Record<string, unknown>

const isMap = (value: unknown): value is Entries => typeof value === 'object' && value !== null && !Array.isArray(value)
const isNothing = (value: unknown) => value === null || value === undefined

function fail(reason: string): never {
  throw new Error(reason)
}

function entries(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  return isMap(value) ? Object.values(value) : fail('a list or a map is needed')
}

const number = (value: unknown): number => (typeof value === 'number' ? value : fail('a number is needed'))

function numbers(values: unknown[]): number[] {
  return values.filter((value) => !isNothing(value)).map(number)
}

function column(rows: unknown, name: unknown): unknown[] {
  if (!Array.isArray(rows) || typeof name !== 'string') return fail('rows and a column are needed')
  return rows.map((row) => (isMap(row) ? (Object.hasOwn(row, name) ? row[name] : null) : fail('rows are needed')))
}

function add(values: number[]): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

function mean(value: unknown): number {
  const given = numbers(entries(value))
  return given.length === 0 ? 0 : add(given) / given.length
}

function distinct(rows: unknown, name: unknown): number {
  const seen = new Set<string>()
  for (const cell of column(rows, name)) {
    if (isNothing(cell)) continue
    if (typeof cell === 'object') fail('plain values are needed')
    seen.add(`${typeof cell}:${String(cell)}`)
  }
  return seen.size
}

function at(map: unknown, key: unknown): unknown {
  if (map === null) return null
  if (!isMap(map) || typeof key !== 'string') return fail('a map and a string are needed')
  return Object.hasOwn(map, key) ? map[key] : null
}

export function isPresent(value: unknown): boolean {
  if (isNothing(value) || value === '') return false
  if (Array.isArray(value)) return value.length > 0
  return isMap(value) ? Object.keys(value).length > 0 : true
}

function days(from: unknown, to: unknown): number {
  const start = dayNumber(from)
  const end = dayNumber(to)
  return start === null || end === null ? fail('two dates are needed') : end - start
}

/** The functions packs may call; building-blocks/Rules/Cel/CelFunctions.cs is the twin, the agreement test compares them. */
export function registerFunctions(environment: Environment): Environment {
  const one = (signature: string, handler: (value: unknown) => unknown) =>
    environment.registerFunction(signature, handler, { async: false })
  const two = (signature: string, handler: (a: unknown, b: unknown) => unknown) =>
    environment.registerFunction(signature, handler, { async: false })
  one('sum(dyn): double', (value) => add(numbers(entries(value))))
  two('sum(dyn, dyn): double', (rows, name) => add(numbers(column(rows, name))))
  one('count(dyn): double', (value) => entries(value).filter((entry) => !isNothing(entry)).length)
  one('mean(dyn): double', mean)
  two('distinct(dyn, dyn): double', distinct)
  two('at(dyn, dyn): dyn', at)
  one('num(dyn): double', (value) => (value === null ? 0 : number(value)))
  one('present(dyn): bool', isPresent)
  one('ceil(dyn): double', (value) => Math.ceil(number(value)))
  one('floor(dyn): double', (value) => Math.floor(number(value)))
  // Half up on both sides: Math.round and .NET's Math.Round differ, floor(x + 0.5) doesn't.
  one('round(dyn): double', (value) => Math.floor(number(value) + 0.5))
  one('abs(dyn): double', (value) => Math.abs(number(value)))
  two('min(dyn, dyn): double', (a, b) => Math.min(number(a), number(b)))
  two('max(dyn, dyn): double', (a, b) => Math.max(number(a), number(b)))
  two('days(dyn, dyn): double', days)
  return environment
}
