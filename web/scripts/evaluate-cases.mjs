// Runs the form's rule engine outside a browser: JSON lines on stdin, one answer a line on stdout. tests/Rules.Tests compares
// the answers with the server's. First line {"programme": bundle} or {}; then cases as `answer` reads them.
import { build } from 'esbuild'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const source = (name) => fileURLToPath(new URL(`../src/features/forms/engine/${name}.ts`, import.meta.url))

async function loadEngine() {
  const exports = ['index', 'indicators', 'cel'].map((name) => `export * from ${JSON.stringify(source(name))}`).join('\n')
  const { outputFiles } = await build({
    stdin: { contents: exports, resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
    bundle: true, format: 'esm', platform: 'node', write: false, logLevel: 'error',
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`)
}

/** Doubles as their bits: -0, NaN and the last digit count, and neither side's number formatting does. */
function exact(value, failed) {
  if (value === failed) return { error: true }
  if (typeof value === 'number') {
    const view = new DataView(new ArrayBuffer(8))
    view.setFloat64(0, Number.isNaN(value) ? NaN : value)
    return { double: Number.isNaN(value) ? 'nan' : view.getBigUint64(0).toString(16).padStart(16, '0') }
  }
  if (Array.isArray(value)) return { list: value.map((item) => exact(item, failed)) }
  if (typeof value === 'object' && value !== null) return { map: Object.entries(value).map(([key, item]) => [key, exact(item, failed)]) }
  return { value }
}

function answer(engine, programme, given) {
  const { module, indicator, expression, values, context, variables } = given
  if (expression !== undefined) return exact(engine.compile(expression).evaluate(variables), engine.failed)
  if (indicator !== undefined) {
    const outcome = engine.evaluateIndicator(programme, programme.indicators.find(({ id }) => id === indicator), values, context)
    return outcome.reason ? { reason: outcome.reason } : { numerator: exact(outcome.numerator), denominator: exact(outcome.denominator) }
  }
  const shown = programme.modules.find(({ key }) => key === module).fields
    .filter(({ key }) => engine.isShown(programme, module, key, values, context)).map(({ key }) => key)
  const completion = exact(engine.moduleCompletion(programme, module, values, context))
  return { results: engine.evaluateModule(programme, module, values, context), completion, shown }
}

const engine = await loadEngine()
let programme = null
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const given = JSON.parse(line)
  if (programme === null) programme = given.programme ?? {}
  else process.stdout.write(`${JSON.stringify(answer(engine, programme, given))}\n`)
}
