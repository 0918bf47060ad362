#!/usr/bin/env node
// Runs a sample's draw again from its proof file and says whether it is what was drawn. Written from ADR 0019 and 0028 alone; nothing
// of the platform's code is used. Needs Node.js and no packages.
//   node scripts/recheck-sample.mjs proof.json
// Ends with 0 when everything agrees, 1 when something does not, 2 when the file cannot be read.
import { createHash, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'

let proof
try {
  proof = JSON.parse(readFileSync(process.argv[2], 'utf8'))
} catch (fault) {
  console.error(`The proof cannot be read: ${fault.message}`)
  process.exit(2)
}

const wrong = []
const expect = (what, ours, theirs) => {
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) wrong.push(`${what}: the proof says ${JSON.stringify(theirs)}, it has to be ${JSON.stringify(ours)}`)
}
const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest()

// 1. Every weight follows from what is told of the report. The first algorithm knew nothing of quality.
const knowsQuality = proof.algorithm === 'gengdu-sample-2'
if (!knowsQuality) expect('algorithm', 'gengdu-sample-1', proof.algorithm)
const hasQuality = (c) => knowsQuality && c.quality !== null && c.quality !== undefined
const byId = [...proof.candidates].sort((a, b) => (a.reportId < b.reportId ? -1 : 1))
const weightOf = (c) => 10 + 3 * Math.min(c.explainedWarnings, 10) + 10 * Math.min(c.returnRounds, 3) + (c.late ? 5 : 0) + (c.readLately ? 0 : 10)
  + (hasQuality(c) ? Math.floor(((100 - c.quality) * 30) / 100) : 0)
for (const one of byId) expect(`weight of ${one.reportId}`, weightOf(one), one.weight)

// 2. The list is the one that was announced.
const lines = byId.map((c) => `${c.reportId},${c.explainedWarnings},${c.returnRounds},${c.late ? 1 : 0},${c.readLately ? 1 : 0},${knowsQuality ? `${hasQuality(c) ? c.quality : '-'},` : ''}${weightOf(c)}\n`)
const listHash = sha256(lines.join('')).toString('hex')
expect('hash of the list', listHash, proof.listHash)

// 3. The order: round by round one of those left, with chances as their weights. Whole numbers of any size.
const key = sha256(`${proof.algorithm}\n${proof.seed}\n${listHash}\n`)
const left = byId.map((c) => ({ id: c.reportId, weight: BigInt(weightOf(c)) }))
const order = []
for (let round = 1; left.length > 0; round++) {
  const total = left.reduce((sum, one) => sum + one.weight, 0n)
  const digest = createHmac('sha256', key).update(String(round), 'utf8').digest('hex')
  const point = (BigInt(`0x${digest}`) * total) >> 256n
  let passed = 0n
  const index = left.findIndex((one) => (passed += one.weight) > point)
  order.push(left.splice(index, 1)[0].id)
}
expect('order', order, proof.order)

// 4. How many are read: the share rounded up, at least three; twice as many after one failure, all after two.
const count = byId.length
const first = Math.min(count, Math.max(3, Math.ceil((count * proof.sharePercent) / 100)))
const target = (failures) => (failures === 0 ? first : failures === 1 ? Math.min(count, 2 * first) : count)
let [reach, counted, failures] = [0, 0, 0]
for (const outcome of proof.outcomes) {
  if (counted === target(failures)) break
  reach++
  if (outcome !== 'replaced' && outcome !== 'unread') counted++
  if (outcome === 'failed') failures++
}
expect('size', first, proof.firstSize)
expect('reach', reach, proof.reach)
expect('failures', failures, proof.failures)
if (counted < target(failures) && reach < count) wrong.push(`read so far: ${counted} of the ${target(failures)} that have to be read`)

for (const line of wrong) console.error(line)
console.log(wrong.length === 0
  ? `The draw is right: ${count} reports, ${reach} read, ${failures} sent back. Now compare the seed with entry ${proof.auditSeq} of the audit ${proof.auditStream}: it has to be that entry's hash.`
  : `The draw is NOT what the proof says (${wrong.length} differences).`)
process.exit(wrong.length === 0 ? 0 : 1)
