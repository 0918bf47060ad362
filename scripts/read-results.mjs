// Reads one machine-readable test report (CTRF of xunit, or vitest's JSON) and prints "passed failed skipped" on the
// first line and the failed tests below: the closing line of ./test is a sum of these, never parsed from console text.
import { readFileSync } from 'node:fs'

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const tests = report.results ? fromCtrf(report.results.tests) : fromVitest(report.testResults)

const count = state => tests.filter(test => test.state === state).length
console.log(count('passed'), count('failed'), count('skipped'))
for (const test of tests.filter(test => test.state === 'failed')) {
  console.log(`FAILED ${test.name}`)
  for (const line of test.text.split('\n').slice(0, 30)) console.log(`    ${line}`)
}

function fromCtrf(entries) {
  return entries.map(entry => ({
    name: entry.name,
    state: entry.status === 'passed' || entry.status === 'failed' ? entry.status : entry.status === 'other' ? 'failed' : 'skipped',
    text: [entry.message, entry.trace].filter(Boolean).join('\n'),
  }))
}

function fromVitest(files) {
  return files.flatMap(file => {
    const entries = file.assertionResults.map(entry => ({
      name: entry.fullName,
      state: entry.status === 'passed' || entry.status === 'failed' ? entry.status : 'skipped',
      text: (entry.failureMessages ?? []).join('\n'),
    }))
    // A file that cannot even be loaded has no entries of its own and must not look like a success.
    const broken = file.status === 'failed' && !entries.some(entry => entry.state === 'failed')
    return broken ? [...entries, { name: file.name, state: 'failed', text: file.message ?? '' }] : entries
  })
}
