// Derives data/pinyin.csv, once: which readings each Chinese character has, the usual one first, without tones.
//   npm install --no-save --prefix /tmp/pinyin pinyin-pro@3.29.4 && node scripts/pinyin.mjs /tmp/pinyin/node_modules/pinyin-pro
// Nothing depends on the package afterwards. Readings that names of places and schools never have are left out by hand.
import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const { polyphonic } = await import(pathToFileURL(`${process.argv[2]}/dist/index.mjs`).href)
const never = { 县: ['xuan'], 区: ['ou'], 石: ['dan'], 家: ['gu', 'jie'], 车: ['ju'], 北: ['bo'], 南: ['na'], 学: ['jiao'], 校: ['jiao'], 小: [], 庄: ['peng'], 省: ['xing'], 育: ['yo'], 民: ['mian'] }
const byReading = new Map()
for (let point = 0x4e00; point <= 0x9fff; point++) {
  const character = String.fromCodePoint(point)
  const readings = [...new Set(polyphonic(character, { toneType: 'none', v: true })[0].split(' '))]
    .filter((reading) => /^[a-z]+$/.test(reading) && !never[character]?.includes(reading)).slice(0, 4)
  if (readings.length === 0) continue
  const key = readings.join(' ')
  byReading.set(key, (byReading.get(key) ?? '') + character)
}

const lines = [...byReading].sort(([one], [other]) => (one < other ? -1 : 1)).map(([readings, characters]) => `${readings},${characters}`)
writeFileSync(new URL('../data/pinyin.csv', import.meta.url), `readings,characters\n${lines.join('\n')}\n`)
console.log(`${lines.length} sets of readings`)
