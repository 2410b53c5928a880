// Everything that must hold before a change lands, in the order of what fails fastest. The last line counts the tests.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'check-'))
const results = join(scratch, 'tests.json')

const steps = [
  ['types', 'npx', ['tsc', '--noEmit', '-p', 'tsconfig.json']],
  ["types of the gallery's page", 'npx', ['tsc', '--noEmit', '-p', 'src/gallery/page']],
  ['lint', 'npx', ['biome', 'ci', '.']],
  ['build', 'node', ['scripts/build.mjs']],
  ['types of the playground', 'npx', ['tsc', '--noEmit', '-p', 'playground']],
  ['docs are up to date', 'node', ['scripts/docs.mjs', '--check']],
  ['publint', 'npx', ['publint', '--strict']],
  [
    'types of the package',
    'npx',
    ['attw', '--pack', '.', '--profile', 'esm-only', '--exclude-entrypoints', './types', './schema.json'],
  ],
  ['what the tarball holds', 'node', ['scripts/check-tarball.mjs']],
  ['tests', 'npm', ['test', '--', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`]],
  ['what the README says of bundlers', 'node', ['scripts/bundlers.mjs', results, '--check']],
  ['what the README says of frameworks', 'node', ['scripts/examples.mjs', results, '--check']],
  ['the bench, in its small form', 'node', ['bench/run.mjs', '--small']],
  ['the packed tarball in a fresh project', 'node', ['scripts/check-template.mjs']],
]

for (const [name, command, args] of steps) {
  console.log(`\n--- ${name}`)
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    console.error(`\n${name}: failed`)
    process.exitCode = 1
    // Later steps say more, but the tests are worth little where the build is broken.
    if (name === 'build') break
  }
}

try {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
    readFileSync(results, 'utf8'),
  )
  // Far below what the tests printed themselves.
  for (const { name, assertionResults } of testResults)
    for (const { status, fullName, failureMessages } of assertionResults)
      if (status === 'failed') console.log(`\nfailed: ${name} > ${fullName}\n${failureMessages.join('\n')}`)
  console.log(`\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`)
} catch {
  console.log('\n0 passed, 1 failed')
  process.exitCode = 1
}
rmSync(scratch, { recursive: true, force: true })
