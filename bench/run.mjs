// `npm run bench [-- --small] [-- --only NAME,NAME] [-- --runs N]`: how fast this package is beside what does the same work.
// Every measure is a file in bench/measures; this one prepares what they share, runs them and shows what came out.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requireSameGround, seeMachine, seeVersions } from './machine.mjs'
import { measures } from './measures/index.mjs'
import { readOptions } from './options.mjs'
import { installPeers } from './peers.mjs'
import { createKeeper } from './projects/originals.mjs'
import { mergeResults, writeRun, writeSummary } from './results.mjs'
import { groundOf, textTable } from './table.mjs'

const say = (line = '') => console.log(line)
const options = readOptions(process.argv.slice(2), Object.keys(measures))
installPeers(say)
requireSameGround()
const ground = { machine: seeMachine(), versions: seeVersions() }
say(groundOf(ground))

const scratch = mkdtempSync(join(tmpdir(), 'bench-'))
const remove = () => options.keep || rmSync(scratch, { recursive: true, force: true })
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
])
  process.once(signal, () => process.exit(code))
process.once('exit', remove)
if (options.keep) say(`The projects are in ${scratch}`)

const keeper = await createKeeper(scratch)
const done = {}
const samples = {}
const began = performance.now()
for (const name of options.only) {
  const started = performance.now()
  say(`\n${name}`)
  const folder = join(scratch, name)
  const { rows, samples: own } = await measures[name]({ ...options, folder, keeper, say })
  done[name] = { ran: new Date().toISOString().slice(0, 10), rows: options.small ? rows.map(bare) : rows }
  samples[name] = own
  say(`${name} took ${seconds(started)}`)
  // After each measure: a run that is broken off is gone on with by --only.
  if (!options.small) writeSummary(mergeResults(ground, done, Object.keys(measures)))
  if (!options.keep) rmSync(folder, { recursive: true, force: true })
}
const file = writeRun(
  { ...ground, options, measures: done, samples },
  options.small ? 'small' : new Date().toISOString().replace(/\W/g, '-'),
)
say(`\n${textTable(done)}`)
say(`\nAll of it took ${seconds(began)}; every sample is in ${file}.`)
if (options.small) say('This was the small form: it shows that the bench runs, and nothing of speed.')

/** A line without its target: what a handful of pictures takes has none. */
function bare({ atMost, atLeast, met, ...rest }) {
  return rest
}

function seconds(since) {
  return `${Math.round((performance.now() - since) / 1000)} s`
}
