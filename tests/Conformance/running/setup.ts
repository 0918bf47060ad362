import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { nothing, type Sums } from '../suite/counts'
import { targetOf } from '../suite/target'
import { privateKeys } from './client-keys'
import { createVirtualHost, dropVirtualHost } from './broker'
import { startCalibrator } from './calibrator'
import { identitySettings, type Place } from './identity'
import { makeEverybody } from './people'
import { createDatabase, dropDatabase } from './postgres'
import { freePorts, migrate, Running, type Settings } from './process'
import { gatewaySettings, serviceSettings } from './services'
import { report } from './report'

const discover = async (issuer: string): Promise<Record<string, string>> =>
  await (await fetch(`${issuer}/.well-known/openid-configuration`)).json() as Record<string, string>

/** Starts the calibrator, identity, reporting and the gateway once for all test files, and takes everything away at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'gengdu-conformance-'))
  const [calibratorPort = 0, identityPort = 0, gatewayPort = 0, reportingPort = 0] = await freePorts(4)
  const place: Place = { database: await createDatabase(), virtualHost: await createVirtualHost() }
  const running: Running[] = []
  const calibrator = await startCalibrator(calibratorPort)
  const cleanUp = async (): Promise<void> => {
    await Promise.all(running.map(service => service.stop()))
    calibrator.close()
    calibrator.closeAllConnections()
    await dropDatabase(place.database)
    await dropVirtualHost(place.virtualHost)
  }
  try {
    const issuer = `http://127.0.0.1:${identityPort}/identity`
    const gateway = `http://127.0.0.1:${gatewayPort}`
    const provider = { issuer, metadata: `${issuer}/.well-known/openid-configuration` }
    const identity = identitySettings(place, identityPort, issuer, gateway)
    const reporting = serviceSettings('reporting', place, reportingPort, provider)
    const proxy = gatewaySettings(place, gatewayPort, provider, { identity: identityPort, reporting: reportingPort })
    await Promise.all([migrate('identity', identity), migrate('reporting', reporting), migrate('gateway', proxy)])
    const logged = (name: string, settings: Settings): Settings => ({ ...settings, GENGDU_CONFORMANCE_LOG: join(folder, `${name}.log`) })
    running.push(Running.start('identity', logged('identity', identity)), Running.start('reporting', logged('reporting', reporting)))
    await running[0]!.untilReady(`http://127.0.0.1:${identityPort}`)
    running.push(Running.start('gateway', logged('gateway', proxy)))
    const target = targetOf('gengdu', await discover(issuer))
    const personIds = await makeEverybody(target)
    await running[1]!.untilReady(`http://127.0.0.1:${reportingPort}`)
    await running[2]!.untilReady(gateway)

    const countsFile = join(folder, 'counts.jsonl')
    project.provide('countsFile', countsFile)
    project.provide('calibrator', targetOf('calibrator', await discover(`http://127.0.0.1:${calibratorPort}`)))
    project.provide('gengdu', { ...target, place, personIds, clientKeys: privateKeys(), logs: folder, metadata: provider.metadata, gateway, reporting: `http://127.0.0.1:${reportingPort}` })
    return async () => {
      await cleanUp()
      report(sumUp(countsFile))
      rmSync(folder, { recursive: true, force: true })
    }
  } catch (fault) {
    await cleanUp()
    for (const service of running) process.stderr.write(`--- ${service.name}\n${service.output.slice(-1500)}\n`)
    throw fault
  }
}

function sumUp(file: string): Sums {
  const sums = nothing()
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const part = JSON.parse(line) as Sums
    sums.modules.push(...part.modules)
    sums.families.push(...part.families.filter(id => !sums.families.includes(id)))
    sums.wrongAccepts.push(...part.wrongAccepts)
    sums.open.push(...part.open)
    sums.faults.push(...part.faults)
    sums.vectors += part.vectors
    sums.shed += part.shed
    sums.requests += part.requests
  }
  return sums
}
