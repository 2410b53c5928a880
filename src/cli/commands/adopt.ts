import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createError, EXIT } from '../../errors/index.ts'
import type { Command } from '../command.ts'
import { assertMay } from '../may-change.ts'
import { namesFor } from '../names.ts'
import { collectFor, withProject } from '../open.ts'

// What the decoder takes at most; a larger file is not even read.
const MOST_BYTES = 128 * 1024 * 1024

/** `adopt`: a picture of one's own for a prompt. */
export const adopt: Command = {
  name: 'adopt',
  meaning: 'take a picture of your own for a prompt',
  usage: 'adopt NAME FILE [FLAGS]',
  details: `FILE is a PNG, JPEG or WebP, anywhere; it is decoded whole and copied byte for byte. As long as the
prompt is the same, nothing is asked for. What lay there becomes a take. Spends nothing.`,
  positionals: ['NAME', 'FILE'],
  flags: ['config', 'mode', 'provider', 'json'],
  run: (context) =>
    withProject(context, async (project) => {
      const { terminal, args, cwd } = context
      const [word = '', file = ''] = args.positionals
      assertMay(project, 'change')
      const collection = await collectFor(project, context)
      const [name = ''] = namesFor([word], collection)
      const bytes = await readPicture(resolve(cwd, file), file)
      const { original, otherRatio, changed } = await project.adopt(collection, name, bytes)
      const shown = project.store.layout.show(original.file)
      if (args.flags.json) {
        terminal.out(JSON.stringify({ name, file: shown, changed, otherRatio: otherRatio ?? null }, null, 2))
        return EXIT.done
      }
      const { width, height } = original.record.original
      if (otherRatio !== undefined) {
        const asked = `${otherRatio.width}x${otherRatio.height}`
        terminal.err(
          `${terminal.colors.yellow('!')} ${name}: the picture has ${width}x${height}, another ratio than the ${asked} that its prompt asks for.`,
        )
      }
      terminal.out(
        `${name}: ${changed ? '' : 'this very picture '}lies in ${shown}${changed ? '' : ' already'}.`,
      )
      return EXIT.done
    }),
}

async function readPicture(file: string, shown: string): Promise<Buffer> {
  const bad = (found: string) =>
    createError('BAD_OPTION', {
      option: 'FILE',
      found: `${JSON.stringify(shown)}, ${found}`,
      allowed: 'a PNG, JPEG or WebP file of at most 128 MiB',
    })
  try {
    const stats = await stat(file)
    if (!stats.isFile()) throw bad('which is no file')
    if (stats.size > MOST_BYTES) throw bad(`which has ${stats.size} bytes`)
    return await readFile(file)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') throw bad('where there is no file')
    if (code === 'EACCES') throw bad('which this user may not read')
    throw cause
  }
}
