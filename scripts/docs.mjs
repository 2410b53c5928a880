// Fills the tables of the README from the code. With --check: fails where the README differs.
import { readFileSync, writeFileSync } from 'node:fs'
import { readSummary } from '../bench/results.mjs'
import { groundOf, readmeCells } from '../bench/table.mjs'
import { importSource } from './source.mjs'

const { estimateUsd } = await importSource('api/estimate.ts')
const { MODELS } = await importSource('api/models.ts')
const { findPrice, PRICES } = await importSource('api/prices.ts')
const { mainHelp } = await importSource('cli/help.ts')
const { COMMANDS } = await importSource('cli/run.ts')
const { VARIABLES } = await importSource('config/environment.ts')
const { OPTIONS } = await importSource('config/options-table.ts')
const { catalogue } = await importSource('errors/index.ts')
const { FIELDS } = await importSource('spec/fields.ts')
const { QUERY_WORDS } = await importSource('spec/query-words.ts')

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ')
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')
const code = (text) => (text === '' ? '' : `\`${text}\``)
const price = (model, quality, size) => {
  const body = {
    model,
    prompt: '',
    ...(quality === undefined ? {} : { quality }),
    ...(size === undefined ? {} : { size }),
  }
  const estimate = estimateUsd({ body }, findPrice())
  return estimate === undefined ? '' : `${estimate.basis === 'guess' ? '≈ ' : ''}$${estimate.usd.toFixed(3)}`
}
const sizes = ({ size }) =>
  size.kind === 'list'
    ? size.sizes.join(', ')
    : size.kind === 'grid'
      ? `any up to ${size.maxEdge}, edges in steps of ${size.multiple}`
      : 'not documented'

const ran = JSON.parse(readFileSync(new URL('../test/bundlers/results.json', import.meta.url), 'utf8'))
const bundlers = [...new Set(Object.values(ran).flatMap((row) => Object.keys(row)))].sort()
const shown = { passed: 'yes', skipped: '–', pending: '–', failed: 'no' }

const { EXAMPLES } = await importSource('../test/examples/examples.ts')
const built = JSON.parse(readFileSync(new URL('../test/examples/results.json', import.meta.url), 'utf8'))
const checks = [...new Set(Object.values(built).flatMap(({ seen }) => Object.keys(seen)))]
const exampleRow = ({ folder, title, packages, by, heavy, newerNode }) => [
  `[${title}](examples/${folder})${heavy ? ' †' : ''}${newerNode ? ' *' : ''}`,
  packages.map((name) => `${name} ${built[folder]?.versions[name]}`).join(', '),
  by,
  ...checks.map((check) => shown[built[folder]?.seen[check]] ?? ''),
]

const speed = readSummary()
const [speedHead, ...speedRows] = readmeCells(speed.measures)

const tables = {
  speed: `${table(speedHead, speedRows)}\n\nSeen on ${groundOf(speed)}`,
  bundlers: table(
    ['', ...bundlers],
    Object.entries(ran).map(([expectation, row]) => [
      expectation,
      ...bundlers.map((one) => shown[row[one]] ?? ''),
    ]),
  ),
  frameworks: table(['', 'seen with', 'by', ...checks], EXAMPLES.map(exampleRow)),
  fields: table(
    ['field', 'sent', 'meaning', 'allowed', 'default'],
    Object.entries(FIELDS).map(([name, row]) => [
      code(name),
      row.sent ? 'yes' : '',
      row.meaning,
      row.allowed,
      row.default,
    ]),
  ),
  words: table(
    ['word', 'meaning', 'example'],
    QUERY_WORDS.map((row) => [code(row.word), row.meaning, code(row.example)]),
  ),
  options: table(
    ['option', 'meaning', 'default', 'example'],
    Object.entries(OPTIONS).map(([name, row]) => [code(name), row.meaning, row.default, code(row.example)]),
  ),
  variables: table(
    ['variable', 'meaning'],
    Object.entries(VARIABLES).map(([name, meaning]) => [code(name), meaning]),
  ),
  models: table(
    [
      'model',
      'sizes',
      'quality',
      'gone from OpenAI',
      'a picture of 1024x1024, medium or standard',
      'price as of',
    ],
    Object.entries(MODELS).map(([name, row]) => {
      const quality = ['medium', 'standard'].find((one) => row.fields.quality?.includes(one))
      const { date, guess } = PRICES[name]
      return [
        code(name),
        sizes(row),
        row.fields.quality?.join(', ') ?? '–',
        row.state.gone ?? '',
        price(name.replace('-*', '-x'), quality, '1024x1024'),
        guess ? `${date}, a guess` : date,
      ]
    }),
  ),
  commands: `\`\`\`text\n${mainHelp(COMMANDS)}\n\`\`\``,
  errors: table(
    ['code', 'meaning', 'exit'],
    Object.entries(catalogue).map(([name, row]) => [code(name), row.meaning, row.exit === 0 ? '' : row.exit]),
  ),
}

const file = new URL('../README.md', import.meta.url)
const before = readFileSync(file, 'utf8')
let after = before
for (const [name, text] of Object.entries(tables)) {
  const [begin, end] = [`<!-- begin:${name} -->`, `<!-- end:${name} -->`]
  const [from, to] = [after.indexOf(begin), after.indexOf(end)]
  if (from === -1 || to === -1) throw new Error(`README.md has no place for the table "${name}"`)
  after = `${after.slice(0, from + begin.length)}\n\n${text}\n\n${after.slice(to)}`
}
if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error('README.md differs from the code: run npm run docs')
    process.exit(1)
  }
} else if (after !== before) writeFileSync(file, after)
