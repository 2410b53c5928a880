// `plan` and `check` of kept pictures, beside the least that they could do.
import { join } from 'node:path'
import { interleave, runScript } from '../measure.mjs'
import { cli, here } from '../places.mjs'
import { keepKind } from '../projects/kept.mjs'
import { createProject } from '../projects/project.mjs'
import { row, rowsOf } from '../rows.mjs'

export async function plan({ small, runs, folder, keeper, say }) {
  const rows = []
  const samples = {}
  const [few, many] = small ? [10, 100] : [1000, 10_000]
  for (const count of [few, many]) {
    const project = createProject(join(folder, String(count)))
    say(`  making ${count} entries`)
    await keepKind(keeper, project, 'tiny', count)
    const { printed } = await runScript([cli, 'plan', '--json'], { cwd: project })
    const { kept } = JSON.parse(printed).totals
    if (kept !== count) throw new Error(`${kept} of ${count} pictures are kept`)
    samples[count] = await interleave(
      {
        plan: () => runScript([cli, 'plan'], { cwd: project }),
        check: () => runScript([cli, 'check'], { cwd: project }),
        bare: () => runScript([here('scripts/read-kept.mjs')], { cwd: project }),
      },
      { runs, warmUp: true, say },
    )
    const { bare } = samples[count]
    for (const command of ['plan', 'check'])
      rows.push(
        ...rowsOf({
          ...{ what: `${command} of ${count} entries`, ours: samples[count][command], other: bare },
          ...{ to: 'reading the same files', targets: { time: { atMost: 3 }, cpu: {}, memory: {} } },
        }),
      )
  }
  for (const command of ['plan', 'check']) {
    const tenth = samples[few][command].map(({ time }) => ({ time: time * (many / few) }))
    rows.push(
      row({
        ...{ what: `${command} of ${many} entries, growth`, of: 'time', ours: samples[many][command] },
        ...{ other: tenth, to: `${many / few} times that of ${few}`, atMost: 1 },
      }),
    )
  }
  return { rows, samples }
}
