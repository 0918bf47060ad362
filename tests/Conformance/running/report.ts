import { writeFileSync } from 'node:fs'
import type { Sums } from '../suite/counts'

/** The closing lines; ./test shows the first, and the file is there for whoever wants the rest. */
export function report(sums: Sums): void {
  const certification = sums.modules.filter(name => name.startsWith('oidcc-')).length
  const line = `${certification} modules of the certification suite, ${sums.modules.length - certification} of FAPI 2, ${sums.vectors} negative vectors in ${sums.families.filter(id => id.startsWith('AS-N')).length} families, `
    + `${sums.wrongAccepts.length} wrong accepts, ${sums.faults.length} answers of 500 or more (${sums.requests} requests; ${sums.shed} turned away for load)`
    + (sums.open.length > 0 ? `, ${sums.open.length} cases with open findings` : '')
  process.stdout.write(`\n${line}\n`)
  for (const what of [...sums.wrongAccepts.map(what => `WRONG ACCEPT ${what}`), ...sums.faults.map(what => `FAULT ${what}`), ...sums.open.map(what => `OPEN ${what}`)].slice(0, 50)) process.stdout.write(`  ${what}\n`)
  if (process.env.GENGDU_CONFORMANCE_COUNTS) writeFileSync(process.env.GENGDU_CONFORMANCE_COUNTS, `${line}\n`)
  // A fault nobody looked at must not be green.
  if (sums.faults.length > 0 || sums.wrongAccepts.length > 0) process.exitCode = 1
}
