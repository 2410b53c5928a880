// An entry with `each` over many rows, beside a manifest that has the same pictures written out. Nothing is kept, so that
// every picture is priced.
import { join } from 'node:path'
import { interleave, runScript } from '../measure.mjs'
import { cli } from '../places.mjs'
import { createProject } from '../projects/project.mjs'
import { rowsOf } from '../rows.mjs'

export async function each({ small, runs, folder, say }) {
  const count = small ? 100 : 10_000
  const shoes = Array.from({ length: count }, (_, i) => ({ id: `n${i}`, name: `Shoe ${i}`, color: 'red' }))
  const entry = { each: './shoes.json', prompt: 'A photo of {name}, {color}.', alt: '{name}' }
  const written = shoes.map(({ id, name, color }) => [
    `shoes/${id}`,
    { prompt: `A photo of ${name}, ${color}.`, alt: name },
  ])
  const rows = createProject(join(folder, 'rows'), {
    files: {
      'src/images.prompts.json': JSON.stringify({ images: { 'shoes/{id}': entry } }),
      'src/shoes.json': JSON.stringify(shoes, null, 2),
    },
  })
  const entries = createProject(join(folder, 'entries'), {
    files: { 'src/images.prompts.json': JSON.stringify({ images: Object.fromEntries(written) }, null, 2) },
  })
  const plan = async (cwd) => {
    const { printed, ...run } = await runScript(
      [cli, 'plan', '--json', '--budget-images', 'none', '--budget-usd', 'none'],
      { cwd },
    )
    const { missing } = JSON.parse(printed).totals
    if (missing !== count) throw new Error(`${missing} of ${count} pictures are planned`)
    return run
  }
  const samples = await interleave(
    { rows: () => plan(rows), entries: () => plan(entries) },
    { runs, warmUp: true, say },
  )
  return {
    rows: rowsOf({
      ...{ what: `plan of ${count} rows of data`, ours: samples.rows, other: samples.entries },
      ...{ to: 'as many entries written out', targets: { time: {}, cpu: {}, memory: {} } },
    }),
    samples,
  }
}
