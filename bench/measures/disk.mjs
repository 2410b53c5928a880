// Room on the disk: the renditions in the cache and in the outputs of five bundlers, hard links counted once.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { runScript } from '../measure.mjs'
import { here } from '../places.mjs'
import { row } from '../rows.mjs'
import { createPair } from './warm.mjs'

// Those whose outputs may share. esbuild and Farm write into a file that is there, and so have copies of their own.
const OTHERS = ['webpack', 'rspack', 'rollup', 'rolldown']

export async function disk({ small, folder, keeper, say }) {
  const { ours } = await createPair(folder, { kind: 'real', count: small ? 2 : 40, keeper, say })
  const cache = join(ours, 'node_modules/.cache')
  const outputs = [join(ours, 'dist')]
  for (const name of OTHERS) {
    outputs.push(join(ours, name))
    await runScript([here(`bundlers/${name}.mjs`), 'ours', outputs.at(-1)], { cwd: ours })
  }
  const all = [{ bytes: onDisk([cache, ...outputs]) }]
  const once = [{ bytes: onDisk([outputs[0]]) }]
  const copies = [{ bytes: [cache, ...outputs].reduce((sum, one) => sum + onDisk([one]), 0) }]
  const what = 'cache and the outputs of Vite, webpack, Rspack, Rollup and Rolldown'
  return {
    rows: [
      row({ what, of: 'bytes', ours: all, other: once, to: 'every rendition once', atMost: 1.05 }),
      row({ what, of: 'bytes', ours: all, other: copies, to: 'copies of all files' }),
    ],
    samples: { all, once, copies },
  }
}

/** Bytes that the pictures in some folders take, as `du` counts: whole blocks, a file with several names once. */
function onDisk(folders) {
  const files = new Map()
  for (const folder of folders)
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(avif|webp|jpe?g|png|data)$/.test(entry.name)) continue
      const { dev, ino, blocks } = statSync(join(entry.parentPath, entry.name))
      files.set(`${dev}:${ino}`, blocks * 512)
    }
  return [...files.values()].reduce((a, b) => a + b, 0)
}
