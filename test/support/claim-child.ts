// A process that takes claims of a folder and tells what becomes of them, one line an event, until somebody ends it.
// With `hold` it keeps the claim, with `leave` it comes to its end with it; else it works for a moment under it and goes on to the next round.
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClaims } from '../../src/store/claims.ts'
import { createLayout } from '../../src/store/layout.ts'

const [root = '', what = 'hold', rounds = '1'] = process.argv.slice(2)
const claims = createClaims(createLayout(root), { beatMs: 50, pollMs: 20 })
const say = (line: string) => process.stdout.write(`${line}\n`)

if (what === 'hold') {
  const claim = (await claims.take('key'))!
  await claim.sending()
  say('held')
  process.stdin.once('data', async () => {
    await claim.release()
    process.exit()
  })
} else if (what === 'leave') {
  await claims.take('left')
} else {
  const log = join(root, 'log')
  for (let round = 0; round < Number(rounds); round++) {
    await claims.during('key', async () => {
      await appendFile(log, `in ${process.pid}\n`)
      await sleep(Math.random() * 4)
      await appendFile(log, `out ${process.pid}\n`)
    })
  }
  say('done')
}
