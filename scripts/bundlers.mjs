// What the contract's runs showed, bundler by bundler: takes it out of a report of vitest (--reporter=json) and keeps it in
// test/bundlers/results.json, from which the README's table is made. With --check: fails where the kept one differs.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const [report, check] = process.argv.slice(2)
const { version: rsbuild } = createRequire(import.meta.url)('@rsbuild/core/package.json')
const suites = JSON.parse(readFileSync(report, 'utf8')).testResults.filter(({ name }) =>
  /[\\/]test[\\/]bundlers[\\/]/.test(name),
)
const results = {}
const note = (bundler, expectation, status) => {
  results[expectation] ??= {}
  results[expectation][bundler] = status
}
const byCommand = []
for (const { ancestorTitles, title, status } of suites.flatMap((suite) => suite.assertionResults)) {
  const [first, ...groups] = ancestorTitles
  const [, command, rest] = /^of '(\w+)' (.*)$/.exec(title) ?? []
  if (command !== undefined)
    byCommand.push({ command, expectation: `a build by its own command ${rest}`, status })
  else if (/ \d+\.\d+/.test(first)) note(first, [...groups, title].join(' '), status)
}
const versions = [...new Set(Object.values(results).flatMap((row) => Object.keys(row)))]
for (const { command, expectation, status } of byCommand) {
  // The newest of the versions that the contract ran on is the one whose command is run.
  const bundler =
    command === 'Rsbuild'
      ? `Rsbuild ${rsbuild}`
      : versions
          .filter((one) => one.startsWith(`${command} `))
          .sort()
          .at(-1)
  note(bundler, expectation, status)
}
const text = `${JSON.stringify(results, null, 2)}\n`
const file = new URL('../test/bundlers/results.json', import.meta.url)
if (check === '--check') {
  if (readFileSync(file, 'utf8') !== text) {
    console.error('test/bundlers/results.json differs from this run: run npm run bundlers')
    process.exit(1)
  }
} else writeFileSync(file, text)
