// Making pictures and encoding them beside it, in one build: beside the longer of the two stages alone.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { interleave, runScript } from '../measure.mjs'
import { cli } from '../places.mjs'
import { withApi } from '../projects/api.mjs'
import { writeOurApp } from '../projects/apps.mjs'
import { manifestOf } from '../projects/originals.mjs'
import { writeFiles } from '../projects/project.mjs'
import { createViteProject, OURS, viteBuild } from '../projects/vite.mjs'
import { row } from '../rows.mjs'
import { API } from './generation.mjs'

// As many as the API has different ones of. Two at once take about as long to be made as they take to encode on two cores,
// which is where running the stages one after the other would cost most.
const PICTURES = 16
const AT_ONCE = 2
const FIELDS = { widths: [480, 960], formats: ['webp'] }

export async function overlap({ small, runs, folder, say }) {
  const count = small ? 2 : PICTURES
  const project = createViteProject(folder, { plugins: [OURS] })
  writeFiles(project, {
    'src/images.prompts.json': manifestOf(count, FIELDS),
    'generate-images.config.json': JSON.stringify({ mode: 'generate', provider: { concurrency: AT_ONCE } }),
  })
  writeOurApp(project, count)
  const remove = (...paths) => {
    for (const path of paths) rmSync(join(project, path), { recursive: true, force: true })
  }
  const [kept, cache] = ['generated-images', 'node_modules/.cache']
  const samples = await withApi(API, (env) =>
    interleave(
      {
        whole: () => {
          remove(kept, cache)
          return viteBuild(project, { env })
        },
        generate: () => {
          remove(kept, cache)
          return runScript([cli, 'generate'], { cwd: project, env })
        },
        encode: () => viteBuild(project, { env }),
      },
      { runs, say },
    ),
  )
  const longer = samples.generate.map(({ time }, i) => ({ time: Math.max(time, samples.encode[i].time) }))
  const what = `build that makes ${count} pictures and encodes them`
  const rows = [
    row({
      what,
      of: 'time',
      ours: samples.whole,
      other: longer,
      to: 'the longer of both stages alone',
      atMost: 1.1,
    }),
  ]
  return { rows, samples }
}
