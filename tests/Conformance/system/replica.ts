import { adoptKeys } from '../running/client-keys'
import { identitySettings } from '../running/identity'
import { freePorts, Running } from '../running/process'
import { gengdu, type System } from '../suite/target'

/** Another process of the same identity: same database, same issuer, its own port. */
export class Replica {
  private constructor(private running: Running, private readonly settings: Record<string, string>, readonly address: string, readonly target: System) {}

  static async start(more: Record<string, string> = {}): Promise<Replica> {
    const first = gengdu()
    adoptKeys(first.clientKeys)
    const [port = 0] = await freePorts(1)
    const settings = { ...identitySettings(first.place, port, first.issuer, first.gateway), ...more }
    const address = `http://127.0.0.1:${port}`
    const here = (url: string): string => url.replace(new URL(first.issuer).origin, address)
    const target: System = { ...first, authorize: here(first.authorize), token: here(first.token), userInfo: here(first.userInfo), jwks: here(first.jwks), endSession: here(first.endSession), revoke: here(first.revoke), introspect: here(first.introspect!), par: here(first.par!) }
    const running = Running.start('identity', settings)
    await running.untilReady(address)
    return new Replica(running, settings, address, target)
  }

  /** As a power cut would. */
  kill(): Promise<void> { return this.running.kill() }

  async startAgain(): Promise<void> {
    this.running = Running.start('identity', this.settings)
    await this.running.untilReady(this.address)
  }

  stop(): Promise<void> { return this.running.stop() }
}
