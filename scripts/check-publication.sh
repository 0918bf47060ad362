#!/usr/bin/env bash
# Checks published figures again.
#   scripts/check-publication.sh ADDRESS               anybody: fetches each open file and holds its SHA-256 against the list, and the numbers in JSON against it
#   scripts/check-publication.sh --database CONNECTION the operator: reckons the hashes of all stored copies again by plain SQL
# ADDRESS as in a browser: https://gengdu.example. CONNECTION as psql takes it, of somebody who sees all rows.
# Ends with 0 when everything agrees, 1 when something does not, 2 when it could not be checked.
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly folder

if [[ ${1:-} == --database && -n ${2:-} ]]; then
  wrong=$(psql --no-psqlrc --quiet --tuples-only --no-align --field-separator=' ' --set=ON_ERROR_STOP=1 "$2" --file="$folder/check-publication.sql") || exit 2
  if [[ -n $wrong ]]; then
    printf 'Not as it was published: %s\n' "$wrong"
    exit 1
  fi

  echo 'Every published figure and every open file is as it was published.'
  exit 0
fi

if [[ -z ${1:-} || $1 == --* ]]; then
  sed -n '3,4s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
  exit 2
fi

ADDRESS=$1 exec node --input-type=module - <<'JS'
import { createHash } from 'node:crypto'

const root = new URL('/api/analytics/open/publications', process.env.ADDRESS)
async function fetched(path) {
  for (let tries = 0; ; tries++) {
    const answer = await fetch(new URL(`${root.pathname}${path}`, root))
    if (answer.status !== 429 || tries === 20) {
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
      return Buffer.from(await answer.arrayBuffer())
    }
    await new Promise((resolve) => setTimeout(resolve, 1000 * Number(answer.headers.get('retry-after') ?? 1)))
  }
}

// Names may hold commas and are quoted then; none holds a line break.
const fields = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain)
const said = (state, value, schools, since) => [state, value === '' || value === null ? '' : Number(value), schools ?? '', since].join(' ')

// Whoever checks this is anybody: each line in Chinese and in English.
const both = (zh, en) => `${zh} / ${en}`
const wrong = []
try {
  const all = []
  for (let page = 1; ; page++) {
    const { items, total } = JSON.parse(await fetched(`?pageSize=100&page=${page}`))
    all.push(...items)
    if (all.length >= total || items.length === 0) break
  }
  for (const one of all) {
    const csv = await fetched(`/${one.cycleId}/${one.number}/figures.csv`)
    const json = JSON.parse(await fetched(`/${one.cycleId}/${one.number}/figures.json`))
    const name = both(`${one.cycle.name.zh}第 ${one.number} 次`, `${one.cycle.name.en} no. ${one.number}`)
    const hash = createHash('sha256').update(csv).digest('hex')
    if (hash !== one.sha256) wrong.push(`${name}: ${both(`目录中为 ${one.sha256}，文件实为 ${hash}`, `the list says ${one.sha256}, the file has ${hash}`)}`)
    const lines = csv.toString('utf8').replace('\uFEFF', '').trimEnd().split('\r\n').slice(1).map(fields)
    // By place and indicator: what is told, and of which number; a value is the same however many zeros it ends with.
    const told = new Map(lines.map((line) => [`${line[3]} ${line[7]}`, said(...line.slice(12))]))
    const other = json.figures.filter((figure) => told.get(`${figure.place} ${figure.indicator}`) !== said(figure.state, figure.value, figure.schools, figure.since))
    if (lines.length !== json.figures.length) wrong.push(`${name}: ${both(`文件 ${lines.length} 行，JSON 中 ${json.figures.length} 个数`, `${lines.length} lines in the file, ${json.figures.length} numbers in JSON`)}`)
    if (other.length) wrong.push(`${name}: ${both(`${other.length} 个数在 JSON 与文件中不同，首个为`, `${other.length} numbers are others in JSON than in the file, first`)} ${other[0].place} ${other[0].indicator}`)
    if (json.figures.some((figure) => figure.schools !== null && figure.schools < 3)) wrong.push(`${name}: ${both('公布了不足三所学校的数', 'a number of fewer than three schools is told')}`)
    console.log(`${name}\n  SHA-256 ${hash}`)
  }
  console.log(wrong.length ? [both('与公布时不符', 'Not as it was published'), ...wrong].join('\n') : all.length === 0 ? both('还没有公布过数据。', 'Nothing has been published yet.')
    : both(`${all.length} 次公布，均与公布时一致。`, `${all.length} publications, each as it was published.`))
} catch (fault) {
  const why = fault.cause ? `${fault.message} (${fault.cause.code ?? fault.cause.message})` : fault.message
  console.error(both(`没有核对成，请检查地址与网络后再试：${why}`, `It could not be checked; look at the address and the network and try again: ${why}`))
  process.exit(2)
}
process.exit(wrong.length ? 1 : 0)
JS
