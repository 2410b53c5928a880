import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Project } from '../../config/project.ts'
import { createError, EXIT } from '../../errors/index.ts'
import type { Gallery } from '../../gallery/gallery.ts'
import type { GalleryServer } from '../../gallery/server.ts'
import { count } from '../../pipeline/figures.ts'
import type { Command, CommandContext } from '../command.ts'
import { PROJECT_FLAGS, withProject } from '../open.ts'

/** Where the gallery is looked for first, where no port is told. */
const PORT = 4011

const WAITING =
  'Nothing more is sent. Waiting for what is under way, because it is paid for; again to end at once.'

/** `gallery`: every picture in a page, to look at and to choose. */
export const gallery: Command = {
  name: 'gallery',
  meaning: 'every picture in a page of this machine, to look at, make and choose',
  usage: 'gallery [FLAGS]',
  details: `Serves a page at 127.0.0.1 and prints its address. Nothing is made before somebody presses a button
there, which says how many pictures and what they cost. Ends with Ctrl+C; what is under way then
is waited for, because it is paid for. Vite's dev server has the same page at /__generate-images/.
With --out it writes a sheet for reviews instead: every picture, small, with its prompt, state and
price, and beside it what a commit has under that name.`,
  positionals: [],
  flags: [...PROJECT_FLAGS.filter((flag) => flag !== 'filter'), 'port', 'out', 'since'],
  run: (context) =>
    withProject(context, async (project) => {
      const { terminal, args, onInterrupt } = context
      const { out } = args.flags
      if (out !== undefined) return writeSheet(project, out, context)
      const { createGallery } = await import('../../gallery/gallery.ts')
      const { url, close } = await serve(createGallery({ project }), args.flags.port)
      if (args.flags.json) terminal.out(JSON.stringify({ url }))
      else terminal.out(`The gallery is at ${url}`)
      await new Promise<void>((resolve) => {
        const end = onInterrupt(() => {
          end()
          resolve()
        })
      })
      const waits = setTimeout(() => terminal.err(WAITING), 200)
      await close()
      clearTimeout(waits)
      return EXIT.done
    }),
}

async function writeSheet(project: Project, out: string, context: CommandContext): Promise<number> {
  const { terminal, args, cwd } = context
  const [{ sheetDataOf }, { sheetOf }] = await Promise.all([
    import('../../gallery/sheet-data.ts'),
    import('../../gallery/sheet/sheet.ts'),
  ])
  // A sheet shows mistakes too: who reviews must see them.
  const collection = await project.collect()
  const plan = await project.plan(collection)
  const options = { since: args.flags.since ?? 'HEAD', now: new Date() }
  const data = await sheetDataOf(project, collection, plan, options)
  await writeFile(resolve(cwd, out), sheetOf(data)).catch((cause: NodeJS.ErrnoException) => {
    const found = `${JSON.stringify(out)}, which can't be written (${cause.code})`
    throw createError('BAD_OPTION', { option: '--out', found, allowed: 'a file in a folder that is there' })
  })
  const pictures = data.pictures.length
  if (args.flags.json) terminal.out(JSON.stringify({ file: out, pictures, comparedWith: data.comparedWith }))
  else terminal.out(`${count(pictures, 'picture')} in ${out}.`)
  return EXIT.done
}

async function serve(gallery: Gallery, port: number | undefined): Promise<GalleryServer> {
  const { serveGallery } = await import('../../gallery/server.ts')
  return serveGallery(gallery, port ?? PORT).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    if (port === undefined) return serveGallery(gallery, 0)
    const found = `${port}, which another program listens on`
    throw createError('BAD_OPTION', { option: '--port', found, allowed: 'a port that is free, or 0 for any' })
  })
}
