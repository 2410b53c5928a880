// Making pictures: the command line beside a script with the `openai` SDK, against an API that takes 200 ms a picture and
// answers with 1.5 MB.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { interleave, runScript } from '../measure.mjs'
import { cli, here } from '../places.mjs'
import { withApi } from '../projects/api.mjs'
import { manifestOf } from '../projects/originals.mjs'
import { createProject } from '../projects/project.mjs'
import { row } from '../rows.mjs'

// By requests under way at once: how many pictures (a few seconds of waiting each), and the target.
const LEVELS = [
  { at: 1, count: 16, atLeast: 1 },
  { at: 8, count: 96, atLeast: 1.05 },
  { at: 32, count: 256, atLeast: 1.25 },
]
const NO_LIMIT = ['--budget-images', 'none', '--budget-usd', 'none']
export const API = { kind: 'answer', pool: 16, latency: 200 }

export async function generation({ small, runs, folder, say }) {
  const rows = []
  const samples = {}
  for (const { at, count: full, atLeast } of LEVELS) {
    const count = small ? at : full
    const project = createProject(join(folder, String(at)), {
      files: { 'src/images.prompts.json': manifestOf(count) },
    })
    const measured = async (args, made, env) => {
      rmSync(join(project, made), { recursive: true, force: true })
      const run = await runScript(args, { cwd: project, env })
      const pictures = readdirSync(join(project, made), { recursive: true }).filter((file) =>
        /\.png$/.test(file),
      )
      if (pictures.length !== count) throw new Error(`${pictures.length} pictures instead of ${count}`)
      return { ...run, rate: count / (run.time / 1000), cpu: run.cpu / count }
    }
    const script = [here('scripts/openai.mjs'), 'src/images.prompts.json', String(at)]
    // A process each, so that nothing of the API's is in the figures.
    const own = await withApi(API, (env) =>
      interleave(
        {
          ours: () =>
            measured([cli, 'generate', '--concurrency', String(at), ...NO_LIMIT], 'generated-images', env),
          script: () => measured(script, 'generated', env),
        },
        { runs, say },
      ),
    )
    samples[at] = own
    const what = `${count} pictures, ${at} at once`
    const sides = { ours: own.ours, other: own.script, to: 'a script with the openai SDK' }
    rows.push(
      row({ ...sides, what, of: 'rate', atLeast }),
      row({ ...sides, what: `${what}: a picture`, of: 'cpu', atMost: 0.7 }),
      row({ ...sides, what, of: 'memory' }),
    )
  }
  return { rows, samples }
}
