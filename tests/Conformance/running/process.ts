import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { fromRoot } from './repository'

export type Settings = Record<string, string>

/** One .NET service of this repository's build as a process, with what it wrote. */
export class Running {
  private readonly lines: string[] = []
  private ended = false

  private constructor(readonly name: string, private readonly child: ChildProcess, private readonly log: string | undefined) {
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => this.keep(text))
    child.on('exit', () => { this.ended = true })
  }

  static start(service: string, settings: Settings, ...args: string[]): Running {
    const program = fromRoot('services', service, 'bin', 'Debug', 'net10.0', `Gengdu.${service[0]!.toUpperCase()}${service.slice(1)}.dll`)
    if (!existsSync(program)) throw new Error(`${service} is not built: dotnet build services/${service}`)
    const env = { ...process.env, DOTNET_gcServer: '0', DOTNET_NOLOGO: '1', ...settings }
    return new Running(service, spawn('dotnet', [program, ...args], { cwd: dirname(program), env, stdio: ['ignore', 'pipe', 'pipe'] }), settings.GENGDU_CONFORMANCE_LOG)
  }

  get output(): string { return this.lines.join('') }

  get pid(): number { return this.child.pid! }

  async untilEnded(): Promise<number | null> {
    if (!this.ended) await new Promise(resolve => this.child.once('exit', resolve))
    return this.child.exitCode
  }

  async untilReady(address: string, seconds = 90): Promise<void> {
    for (const deadline = Date.now() + seconds * 1000; ;) {
      if (await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(5000) }).then(answer => answer.ok, () => false)) return
      if (this.ended || Date.now() > deadline) throw new Error(`${this.name} did not become ready:\n${this.output.slice(-6000)}`)
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }

  /** Asks first; kills what does not listen within 15 s. */
  async stop(): Promise<void> {
    if (this.ended) return
    this.child.kill('SIGTERM')
    const patience = setTimeout(() => this.child.kill('SIGKILL'), 15_000)
    await this.untilEnded()
    clearTimeout(patience)
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.untilEnded()
  }

  private keep(text: string): void {
    if (this.log !== undefined) appendFileSync(this.log, text)
    this.lines.push(text)
    if (this.lines.length > 20_000) this.lines.splice(0, 10_000)
  }
}

export async function migrate(service: string, settings: Settings): Promise<void> {
  const migration = Running.start(service, settings, 'migrate')
  const code = await migration.untilEnded()
  if (code !== 0) throw new Error(`${service} migrate ended with ${code}:\n${migration.output.slice(-6000)}`)
}

/** Held open together, so that the system does not hand the same one out twice. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(server))
  })))
  const ports = servers.map(server => (server.address() as { port: number }).port)
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
  return ports
}
