// A warm Vite build: originals and renditions are there. Beside it the floor, the same page with the finished files as
// plain assets; and one picture of a thousand that has changed.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { interleave, runScript } from '../measure.mjs'
import { card } from '../pictures.mjs'
import { here } from '../places.mjs'
import { writeFloorApp, writeOurApp } from '../projects/apps.mjs'
import { KINDS, keepKind } from '../projects/kept.mjs'
import { createViteProject, OURS, viteBuild } from '../projects/vite.mjs'
import { row, rowsOf } from '../rows.mjs'

const TO = 'finished files as assets'

/** 40, 200, 1000 and 5000 pictures × 6 renditions. */
export async function warmTiny({ small, runs, folder, keeper, say }) {
  const rows = []
  const samples = {}
  for (const count of small ? [4] : [40, 200, 1000, 5000]) {
    const { ours, floor } = await createPair(join(folder, String(count)), {
      kind: 'tiny',
      count,
      keeper,
      say,
    })
    // The largest is for information alone, and takes a minute a round.
    const own = await interleave(sidesOf(ours, floor), {
      runs: count > 1000 ? 1 : runs,
      warmUp: count <= 1000,
      say,
    })
    samples[count] = own
    const what = `warm build of ${count} pictures × 6`
    const targets = { time: count === 40 ? { atMost: 1 } : {}, cpu: {}, memory: {} }
    rows.push(...rowsOf({ what, ours: own.ours, other: own.floor, to: TO, targets }))
    rmSync(join(folder, String(count)), { recursive: true, force: true })
  }
  return { rows, samples }
}

/** 1000 pictures × 9 renditions as heavy as those of a site, and one that has changed. */
export async function warmReal({ small, runs, folder, keeper, say }) {
  const count = small ? 4 : 1000
  const { ours, floor } = await createPair(folder, { kind: 'real', count, keeper, say })
  const warm = await interleave(sidesOf(ours, floor), { runs, warmUp: true, say })
  const target = { atMost: 0.25 }
  const rows = rowsOf({
    ...{ what: `warm build of ${count} pictures × 9`, ours: warm.ours, other: warm.floor, to: TO },
    targets: { time: target, cpu: {}, memory: target },
  })

  const changed = await interleave(
    {
      warm: () => viteBuild(ours),
      encode: async (round) => encodeAlone(folder, await card(1e6 + round)),
      changed: async (round) => {
        keeper.keep(ours, count >> 1, await card(1e6 + round), KINDS.real.size)
        return viteBuild(ours)
      },
    },
    { runs, warmUp: true, say },
  )
  const both = changed.warm.map(({ time }, i) => ({ time: time + changed.encode[i].time }))
  rows.push(
    row({
      ...{ what: `one changed picture of ${count}`, of: 'time', ours: changed.changed, other: both },
      ...{ to: 'a warm build + its encode alone', atMost: 1.1 },
    }),
  )
  return { rows, samples: { warm, changed } }
}

/** A project of ours that has been built once, and the floor with the files of that build. */
export async function createPair(folder, { kind, count, keeper, say }) {
  say(`  making ${count} pictures and their renditions`)
  const ours = createViteProject(join(folder, 'ours'), { plugins: [OURS] })
  await keepKind(keeper, ours, kind, count)
  writeOurApp(ours, count)
  const first = await viteBuild(ours)
  const floor = createViteProject(join(folder, 'floor'))
  const files = writeFloorApp(floor, join(ours, 'dist/assets'))
  const wanted = count * KINDS[kind].renditions
  if (files !== wanted) throw new Error(`The build has ${files} pictures instead of ${wanted}`)
  return { ours, floor, first }
}

const sidesOf = (ours, floor) => ({ ours: () => viteBuild(ours), floor: () => viteBuild(floor) })

/** What the encoder alone takes for one picture: the time within a process that has loaded it. */
async function encodeAlone(folder, bytes) {
  const { widths, encode } = KINDS.real.fields
  const file = join(folder, 'alone.jpg')
  writeFileSync(file, bytes)
  const { printed } = await runScript(
    [here('scripts/encode.mjs'), file, widths.join(), encode.jpeg.quality],
    { cwd: folder },
  )
  return { time: Number(printed) }
}
