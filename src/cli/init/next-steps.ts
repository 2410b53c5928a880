import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const VITE_CONFIGS = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].map((extension) => `vite.config.${extension}`)
const PLUGIN = "import generateImages from 'unplugin-generate-images/vite'"

/** The line that a Vite configuration lacks, as file and text; `undefined` where it has the plugin, or there is no Vite. */
export function missingPlugin(root: string): readonly [file: string, line: string] | undefined {
  const file = VITE_CONFIGS.find((name) => existsSync(join(root, name)))
  if (file !== undefined) {
    return read(root, file).includes('unplugin-generate-images')
      ? undefined
      : [file, `${PLUGIN}, and generateImages() in plugins`]
  }
  if (!/"vite"\s*:/.test(read(root, 'package.json'))) return undefined
  const script = existsSync(join(root, 'tsconfig.json')) ? 'vite.config.ts' : 'vite.config.js'
  return [script, `${PLUGIN}; export default { plugins: [generateImages()] }`]
}

function read(root: string, file: string): string {
  try {
    return readFileSync(join(root, file), 'utf8')
  } catch {
    return ''
  }
}
