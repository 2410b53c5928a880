// The threat model names the test that holds each promise: those files must be there.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const model = readFileSync(`${root}SECURITY.md`, 'utf8')

test('every test that the threat model names is there', () => {
  const named = [...model.matchAll(/`(test\/[^`]+)`/g)].map(([, file]) => file!)
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((file) => !existsSync(root + file))).toEqual([])
})

test('every promise names a test', () => {
  const rows = model.split('\n').filter((line) => /^\| [A-Z]/.test(line) && !line.startsWith('| Promise'))
  expect(rows.length).toBeGreaterThan(15)
  expect(rows.filter((row) => !row.includes('`test/'))).toEqual([])
})
