// Rollup and Rolldown know no assets: the floor is the plugin that everybody writes, the bytes handed to `emitFile`.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

/** Builds the project in the working directory, into `dist` unless told. */
export async function buildLikeRollup(bundle, plugin, side, dir = 'dist') {
  const built = await bundle({ input: 'src/main.js', plugins: [side === 'ours' ? plugin() : emitting] })
  await built.write({ dir, format: 'es' })
  await built.close()
}

const emitting = {
  name: 'emitting',
  load(id) {
    if (!/\.(webp|jpg)$/.test(id)) return null
    const file = this.emitFile({ type: 'asset', name: basename(id), source: readFileSync(id) })
    return `export default import.meta.ROLLUP_FILE_URL_${file}`
  },
}
