// What came of a row, counted where it happened: at the server, in the ledger, on the disk, in the output.
import { existsSync, readFileSync } from 'node:fs'
import { catalogue } from '../../src/errors/catalogue.ts'
import { filesBelow } from './canary.ts'
import type { Scene } from './scene.ts'
import { sha256 } from './server.ts'

/** The figures of a row. */
export interface Outcome {
  readonly posts: readonly number[]
  readonly exits: readonly (number | string)[]
  readonly paid: number
  readonly lost: number
  readonly ledger: string
  readonly kept: number
  readonly codes: readonly string[]
}

/** Measures. */
export function measure(scene: Scene): Outcome {
  const { steps, api } = scene
  const out = steps.map((step) => step.out).join('\n')
  return {
    posts: steps.map(({ posts }) => posts),
    exits: steps.map(({ exits }) => together(exits)),
    paid: api.paid,
    lost: lostOf(scene),
    ledger: ledgerOf(scene),
    kept: scene.names.filter((name) => isKept(scene, name)).length,
    codes: Object.keys(catalogue).filter((code) => out.includes(`[${code}]`)),
  }
}

/** The ends of processes that ran at once, counted: who of them came first is chance. */
function together(exits: readonly (number | string)[]): string {
  const counts = tally(exits.map(String))
  return exits.length === 1 ? String(exits[0]) : counts.map(([exit, count]) => `${count}×${exit}`).join(' ')
}

function tally(words: readonly string[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** An outcome in one line; the same for what is expected. */
export function textOf({ posts, exits, paid, lost, ledger, kept, codes }: Outcome): string {
  return [
    `${posts.join(' + ')} POSTs`,
    `${paid} paid`,
    ...(lost > 0 ? [`${lost} lost`] : []),
    `ledger ${ledger === '' ? 'empty' : ledger}`,
    `${kept} kept`,
    `exit ${exits.join(' + ')}`,
    ...codes.toSorted(),
  ].join(', ')
}

/** What a run that had nothing to do has left in the journal, or of claims. */
export function leftoversOf({ at }: Scene): string[] {
  const takes = at('generated-images/.takes')
  return finished(`${takes}/.spool`, `${takes}/.claims`, `${takes}/.exchanges`)
}

// What a write that was cut off has left counts for nobody.
const finished = (...folders: string[]) => filesBelow(...folders).filter((file) => !file.endsWith('.tmp'))

/** Answers that went out whole and whose bytes are nowhere: not an original, a take, in the journal, set aside or rescued. */
function lostOf({ api, written }: Scene): number {
  const there = new Set(finished(...written).map((file) => sha256(readFileSync(file))))
  return api.delivered.filter((forms) => ![...forms].some((form) => there.has(form))).length
}

/** The outcomes of the ledger's whole lines, counted. */
function ledgerOf({ at }: Scene): string {
  const file = at('generated-images/.ledger.jsonl')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  const outcomes = lines.flatMap((line) => /^\{.*"outcome":"(\w+)".*\}$/.exec(line)?.[1] ?? [])
  return tally(outcomes)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(' ')
}

/** Whether a picture is there, byte for byte what its record says. */
function isKept({ at }: Scene, name: string): boolean {
  try {
    const { original } = JSON.parse(readFileSync(at(`generated-images/${name}.json`), 'utf8'))
    return sha256(readFileSync(at(`generated-images/${original.file}`))) === original.sha256
  } catch {
    return false
  }
}
