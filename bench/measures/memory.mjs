// Memory of a cold build: whether it grows with the number of pictures, and beside a plain sharp script.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { interleave, runScript } from '../measure.mjs'
import { here } from '../places.mjs'
import { writeOurApp } from '../projects/apps.mjs'
import { copyOriginals, KINDS, keepKind } from '../projects/kept.mjs'
import { createProject } from '../projects/project.mjs'
import { createViteProject, OURS, viteBuild } from '../projects/vite.mjs'
import { row } from '../rows.mjs'

// A thousand take minutes to encode, even in the format that is quickest.
const ROUNDS = 2
const ALLOWANCE = 100e6

export async function memory({ small, runs, folder, keeper, say }) {
  const [few, many] = small ? [2, 6] : [40, 1000]
  say(`  making ${many} originals`)
  const sides = {}
  for (const count of [few, many]) {
    const ours = createViteProject(join(folder, `ours-${count}`), { plugins: [OURS] })
    await keepKind(keeper, ours, 'real', count)
    writeOurApp(ours, count)
    const scripts = createProject(join(folder, `script-${count}`))
    copyOriginals(ours, join(scripts, 'src'))
    const { widths, encode } = KINDS.real.fields
    // The same quality for both: what is compared is memory.
    const options = JSON.stringify({ quality: encode.jpeg.quality })
    sides[`ours-${count}`] = () => {
      for (const made of ['dist', 'node_modules/.cache'])
        rmSync(join(ours, made), { recursive: true, force: true })
      return viteBuild(ours)
    }
    sides[`script-${count}`] = () =>
      runScript([here('scripts/sharp.mjs'), widths.join(), 'jpeg', options], { cwd: scripts })
  }
  const samples = await interleave(sides, { runs: Math.min(runs, ROUNDS), say })

  const [ours, script] = ['ours', 'script'].map((side) => (count) => samples[`${side}-${count}`])
  const rows = [
    row({
      ...{ what: `cold build of ${many} pictures × 9, growth`, of: 'memory', ours: ours(many) },
      ...{ other: ours(few), to: `the same of ${few}`, atMost: 1.15 },
    }),
    ...[few, many].map((count) =>
      row({
        ...{ what: `cold build of ${count} pictures × 9`, of: 'memory', ours: ours(count) },
        ...{ other: script(count).map((one) => ({ memory: one.memory + ALLOWANCE })) },
        ...{ to: 'a sharp script + 100 MB', atMost: 1 },
      }),
    ),
  ]
  return { rows, samples }
}
