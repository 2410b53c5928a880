// One measured process, and many of them in turn.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const REPORT = fileURLToPath(new URL('child/report.cjs', import.meta.url))
const MOST = 10 * 60_000

/** The environment of every process here: no key and no CI of this machine decides what a build does. */
export function cleanEnvironment(more = {}) {
  const { CI, NODE_OPTIONS, NODE_ENV, ...env } = process.env
  for (const name of Object.keys(env))
    if (/^(GENERATE_IMAGES_|COMETAPI_KEY$|OPENAI_)/.test(name)) delete env[name]
  return { ...env, NO_COLOR: '1', ...more }
}

/**
 * Runs a script of Node from start to end: `time` (from start to end, as the parent sees it) and `cpu` in milliseconds,
 * `memory` (highest resident size) in bytes, `printed` on standard output. Throws where it fails.
 */
export async function runScript(args, { cwd, node = process.execPath, env = {} }) {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-report-'))
  const report = join(scratch, 'usage.json')
  try {
    const started = performance.now()
    const child = spawn(node, ['--require', REPORT, ...args], {
      cwd,
      env: cleanEnvironment({ ...env, BENCH_REPORT: report }),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: MOST,
    })
    const [printed, complaints] = [[], []]
    child.stdout.on('data', (chunk) => printed.push(chunk))
    child.stderr.on('data', (chunk) => complaints.push(chunk))
    let time
    child.on('exit', () => {
      time = performance.now() - started
    })
    const status = await new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code, signal) => resolve(code ?? signal))
    })
    if (status !== 0) {
      const said = Buffer.concat([...printed, ...complaints])
        .toString()
        .slice(-4000)
      throw new Error(`${args.join(' ')} in ${cwd} ended with ${status}:\n${said}`)
    }
    return {
      time,
      ...JSON.parse(readFileSync(report, 'utf8')),
      printed: Buffer.concat(printed).toString(),
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/**
 * Runs the sides in turn, A B A B …, `runs` times each: what is wrong with the machine for a while is wrong for all of
 * them. `sides` are functions by name; gives the samples of each by the same name, the nth of each from the same round.
 * With `warmUp`, one more round comes before, and is not counted.
 */
export async function interleave(sides, { runs, warmUp = false, say = () => {} }) {
  const samples = Object.fromEntries(Object.keys(sides).map((name) => [name, []]))
  for (let round = warmUp ? 0 : 1; round <= runs; round++) {
    for (const [name, run] of Object.entries(sides)) {
      const sample = await run(round)
      if (round > 0) samples[name].push(sample)
      const figures = [`${Math.round(sample.time)} ms`]
      if (sample.memory !== undefined) figures.push(`${Math.round(sample.memory / 1e6)} MB`)
      say(`  ${round === 0 ? 'warming up' : `round ${round}`}: ${name} ${figures.join(', ')}`)
    }
  }
  return samples
}
