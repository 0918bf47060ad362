import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Client } from 'pg'
import { fromRoot } from './repository'

/** The parts of a .NET connection string we need: the environment names the server in that form for all tests. */
function server(): { host: string; port: number; user: string; password: string } {
  const named = process.env.GENGDU_TEST_POSTGRES
  if (!named) throw new Error('GENGDU_TEST_POSTGRES is missing: a superuser\'s connection string, "Host=…;Port=…;Username=…". ./test sets it.')
  const parts = new Map(named.split(';').filter(Boolean).map(pair => {
    const [name = '', ...value] = pair.split('=')
    return [name.trim().toLowerCase(), value.join('=').trim()]
  }))
  return {
    host: parts.get('host') ?? '127.0.0.1',
    port: Number(parts.get('port') ?? 5432),
    user: parts.get('username') ?? parts.get('user id') ?? 'postgres',
    password: parts.get('password') ?? '',
  }
}

async function asAdministrator<T>(database: string, act: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ ...server(), database })
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.end()
  }
}

/** A database of this run with the schemas and roles of production. */
export async function createDatabase(): Promise<string> {
  const name = `gengdu_conformance_${process.pid}_${randomBytes(4).toString('hex')}`
  const provision = await readFile(fromRoot('scripts', 'database.sql'), 'utf8')
  await asAdministrator('postgres', async client => {
    await client.query(`create database ${name}`)
    // Roles belong to the whole server; other test processes take the same lock while they make them.
    await client.query('select pg_advisory_lock(7305001)')
    await asAdministrator(name, database => database.query(provision))
  })
  return name
}

export async function dropDatabase(name: string): Promise<void> {
  await asAdministrator('postgres', client => client.query(`drop database if exists ${name} with (force)`))
}

/** For .NET, as a service's own role. */
export const connectionString = (database: string, service: string, poolSize = 20): string => as(database, service, service, poolSize)

/** For .NET, as the role that owns the service's schema: what `migrate` runs as. */
export const ownerConnectionString = (database: string, service: string): string => as(database, service, `${service}_owner`, 5)

function as(database: string, schema: string, role: string, poolSize: number): string {
  const { host, port, user, password } = server()
  return `Host=${host};Port=${port};Username=${user};${password ? `Password=${password};` : ''}Database=${database};`
    + `Search Path=${schema};Options=-c role=${role};No Reset On Close=true;Maximum Pool Size=${poolSize}`
}

/** What only the clock or an operator could do: age a row, change a stamp. */
export async function inDatabase(database: string, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return asAdministrator(database, async client => (await client.query(sql, values)).rows as Record<string, unknown>[])
}
