// What is kept of a run: bench/results.json, from which the README's table is made, and every sample in bench/results/.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { here } from './places.mjs'

const SUMMARY = here('results.json')

/** The lines of the measures that were run on this ground, in the order of `names`. */
export function mergeResults({ machine, versions }, measures, names) {
  const known = readSummary()
  // Figures of another machine or of other versions do not stand beside these.
  const same = JSON.stringify([known.machine, known.versions]) === JSON.stringify([machine, versions])
  const all = { ...(same ? known.measures : {}), ...measures }
  const ordered = Object.fromEntries(
    names.filter((name) => all[name] !== undefined).map((name) => [name, all[name]]),
  )
  return { machine, versions, measures: ordered }
}

/** What the last runs gave; no measures where there were none. */
export function readSummary() {
  try {
    return JSON.parse(readFileSync(SUMMARY, 'utf8'))
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    return { machine: {}, versions: {}, measures: {} }
  }
}

export function writeSummary(results) {
  writeFileSync(SUMMARY, `${JSON.stringify(results, null, 2)}\n`)
}

/** Writes a run with all its samples to bench/results/, which is not for git; gives the file. */
export function writeRun(run, name) {
  mkdirSync(here('results'), { recursive: true })
  const file = here(`results/${name}.json`)
  writeFileSync(file, `${JSON.stringify(run, null, 2)}\n`)
  return file
}
