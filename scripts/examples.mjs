// Runs the tests of all example projects (npm run examples), or of those whose folders are named, and keeps what they showed
// in test/examples/results.json, from which the README's table is made. With a report of vitest and --check: fails where
// the kept one differs from what that run showed, or was seen with other versions.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { importSource } from './source.mjs'

const { EXAMPLES } = await importSource('../test/examples/examples.ts')
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const json = (path) => JSON.parse(readFileSync(path, 'utf8'))

const kept = at('test/examples/results.json')
const args = process.argv.slice(2)
const check = args.includes('--check')
const report = check ? args[0] : run(args)

const suites = json(report).testResults.filter(({ name }) => /[\\/]test[\\/]examples[\\/]/.test(name))
const tests = suites.flatMap(({ assertionResults }) => assertionResults)
const before = json(kept)
const results = {}
for (const { folder, title, packages } of EXAMPLES) {
  const own = tests.filter(
    ({ ancestorTitles, status }) => ancestorTitles[0] === title && status !== 'skipped',
  )
  const { dependencies, devDependencies } = json(at(`examples/${folder}/package.json`))
  const declared = { ...dependencies, ...devDependencies }
  const versions = Object.fromEntries(packages.map((name) => [name, declared[name]]))
  const seen = Object.fromEntries(own.map(({ title, status }) => [title, status]))
  if (own.length > 0) results[folder] = { versions, seen }
  else if (check) results[folder] = { versions, seen: before[folder]?.seen ?? {} }
  else if (folder in before) results[folder] = before[folder]
}
const text = `${JSON.stringify(results, null, 2)}\n`
if (!check) writeFileSync(kept, text)
else if (readFileSync(kept, 'utf8') !== text) {
  console.error(
    'test/examples/results.json differs from this run, or from the examples: run npm run examples',
  )
  process.exit(1)
}

/** Runs them; the path of the report. */
function run(folders) {
  const report = at('node_modules/.cache/examples.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { status } = spawnSync('npx', ['vitest', 'run', 'test/examples', ...reporters], {
    cwd: at('.'),
    stdio: 'inherit',
    env: { ...process.env, EXAMPLES: folders.join(',') || 'all' },
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 1)
  return report
}
