// What a run came to, as the lines that a person would want to compare: requests, money, ledger, files, messages.
import { expect } from 'vitest'
import type { TestApi } from './api.ts'
import type { Ran } from './run.ts'
import { KEY, type Site } from './site.ts'

const dollars = (usd: number) => `$${usd.toFixed(4)}`

/**
 * The outcome of a run in a few lines, without what changes from run to run. Fails where the key was written anywhere in
 * the project, or is in a message.
 */
export async function outcomeOf(ran: Ran, site: Site, api: TestApi): Promise<string> {
  const { report, recovered } = ran
  // By name: which picture comes first is the network's affair.
  const failed = [...recovered.failed, ...report.failed].sort((a, b) => (a.name < b.name ? -1 : 1))
  const lines = (await site.ledger()).sort((a, b) => (a.name < b.name ? -1 : 1))
  const ledger = lines.map(
    ({ outcome, usd, basis, name, requestId }) =>
      `${outcome} ${usd === null ? '?' : dollars(usd)} by ${basis} for ${name}${requestId === undefined ? '' : ` (${requestId})`}`,
  )
  const files = (await site.tree()).filter((file) => file !== '.gitignore')
  for (const file of await site.tree('.')) {
    if ((await site.read(file)).includes(KEY)) throw new Error(`the key is in ${file}`)
  }
  const text = [
    `${api.posts} POSTs, the API billed ${dollars(api.billed.usd)}`,
    `${report.made.length} made, ${report.failed.length} failed, ${report.requests} requests, spent ${dollars(report.spentUsd)}, maybe ${dollars(report.maybeUsd)}`,
    ...ledger,
    files.join(', ') || '(no files)',
    ...failed.map(({ error }) => error.message),
  ].join('\n')
  expect(text).not.toContain('canary')
  return text
    .replaceAll(site.root, 'ROOT')
    .replaceAll(/\S+unplugin-generate-images-[0-9a-f]{16}/g, 'RESCUED')
    .replaceAll(/https?:\/\/127\.0\.0\.1:\d+/g, 'http://api')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/\b[0-9a-f]{64}\b/g, 'KEY')
    .replaceAll(/\breq_[0-9a-f]+\b/g, 'req_1')
}
