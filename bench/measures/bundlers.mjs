// A warm build in each of the other bundlers beside its own import of the finished files as assets.
import { interleave, runScript } from '../measure.mjs'
import { here } from '../places.mjs'
import { rowsOf } from '../rows.mjs'
import { createPair } from './warm.mjs'

const BUNDLERS = {
  webpack: 'asset/resource',
  rspack: 'asset/resource',
  rollup: 'emitFile',
  rolldown: 'emitFile',
  esbuild: 'its file loader',
  farm: 'its assets',
}

export async function bundlers({ small, runs, folder, keeper, say }) {
  const count = small ? 4 : 200
  const { ours, floor } = await createPair(folder, { kind: 'tiny', count, keeper, say })
  const rows = []
  const samples = {}
  for (const [name, to] of Object.entries(BUNDLERS)) {
    say(`  ${name}`)
    const script = here(`bundlers/${name}.mjs`)
    const own = await interleave(
      {
        ours: () => runScript([script, 'ours'], { cwd: ours }),
        floor: () => runScript([script, 'floor'], { cwd: floor }),
      },
      { runs, warmUp: true, say },
    )
    samples[name] = own
    rows.push(
      ...rowsOf({
        ...{ what: `${name}, ${count} pictures × 6, warm`, ours: own.ours, other: own.floor, to },
        targets: { time: { atMost: 1.15 }, cpu: {}, memory: {} },
      }),
    )
  }
  return { rows, samples }
}
