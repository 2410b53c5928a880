// vite-imagetools in the same warm build, for information: under the newer Node that it needs, both sides alike.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { interleave } from '../measure.mjs'
import { tiny } from '../pictures.mjs'
import { writeImportingApp, writeOurApp } from '../projects/apps.mjs'
import { KINDS, keepKind } from '../projects/kept.mjs'
import { writeFiles } from '../projects/project.mjs'
import { createViteProject, OURS, peerGround, viteBuild } from '../projects/vite.mjs'
import { rowsOf } from '../rows.mjs'

export async function warmPeers({ small, runs, folder, keeper, say }) {
  const rows = []
  const samples = {}
  for (const count of small ? [4] : [40, 1000]) {
    const ours = createViteProject(join(folder, `ours-${count}`), { plugins: [OURS], ...peerGround })
    await keepKind(keeper, ours, 'tiny', count)
    writeOurApp(ours, count)
    const imagetools = createViteProject(join(folder, `imagetools-${count}`), {
      ...{ plugins: [['vite-imagetools', 'imagetools']], ...peerGround },
    })
    mkdirSync(join(imagetools, 'src'), { recursive: true })
    for (let i = 0; i < count; i++) writeFiles(imagetools, { [`src/p${i}.png`]: await tiny(i) })
    const { widths } = KINDS.tiny.fields
    writeImportingApp(imagetools, count, `w=${widths.join(';')}&format=webp;jpeg&as=picture`)

    const own = await interleave(
      { ours: () => viteBuild(ours, peerGround), imagetools: () => viteBuild(imagetools, peerGround) },
      { runs, warmUp: true, say },
    )
    samples[count] = own
    rows.push(
      ...rowsOf({
        ...{ what: `warm build of ${count} pictures × 6`, ours: own.ours, other: own.imagetools },
        ...{ to: 'vite-imagetools', targets: { time: {}, cpu: {}, memory: {} } },
      }),
    )
  }
  return { rows, samples }
}
