import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { MANIFEST_FILE } from '../../spec/names.ts'
import type { Fence } from '../../store/index.ts'

/**
 * Writes a manifest with one picture into `src`, or into the root where there is no `src`. Its file from the root;
 * `undefined` where one is there. Throws LEAVES_PROJECT.
 */
export async function writeFirstManifest(root: string, fence: Fence): Promise<string | undefined> {
  const folder = existsSync(join(root, 'src')) ? join(root, 'src') : root
  const schema = relative(folder, join(root, 'node_modules/unplugin-generate-images/dist/schema.json'))
  const manifest = {
    $schema: schema.replaceAll('\\', '/').replace(/^(?!\.)/, './'),
    images: {
      'paper-boat': {
        prompt: 'A paper boat floating on calm water at sunrise.',
        alt: 'A paper boat at sunrise',
      },
    },
  }
  const file = join(folder, MANIFEST_FILE)
  await fence.folder(folder)
  try {
    await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined
    throw error
  }
  return relative(root, file).replaceAll('\\', '/')
}
