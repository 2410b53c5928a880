import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import type { Project } from '../../config/project.ts'
import { EXIT, throwAll } from '../../errors/index.ts'
import type { Collection } from '../../pipeline/collect.ts'
import type { Command } from '../command.ts'
import { writeFirstManifest } from '../init/first-manifest.ts'
import { missingPlugin } from '../init/next-steps.ts'
import { includeTypes } from '../init/tsconfig.ts'
import { withProject } from '../open.ts'
import { table } from '../table.ts'

type Step = readonly [where: string, what: string]

/** `init`: the first files, each only where there is none yet. */
export const init: Command = {
  name: 'init',
  meaning: 'write the first manifest and make TypeScript see the types',
  usage: 'init [FLAGS]',
  details: `Writes src/images.prompts.json (images.prompts.json where there is no src), unless the project
asks for a picture already. Writes generate-images.d.ts and makes tsconfig.json include it.
Overwrites nothing; a second time it changes nothing. Says what is left to do by hand.`,
  positionals: [],
  flags: ['config', 'json'],
  run: (context) =>
    withProject(context, async (project) => {
      const { terminal, args } = context
      const { done, next } = await setUp(project)
      if (args.flags.json) {
        terminal.out(JSON.stringify({ done, next: next.map((step) => step.join(': ')) }, null, 2))
        return EXIT.done
      }
      terminal.out(done.length === 0 ? 'Everything is in place.' : done.join('\n'))
      terminal.out('Next:')
      for (const line of table(next)) terminal.out(`  ${line}`)
      return EXIT.done
    }),
}

/** Writes what is not there. Gives what was done, in a line each, and what is left to do by hand: where, and what. */
async function setUp(project: Project): Promise<{ done: string[]; next: Step[] }> {
  const { root, types, provider } = project.settings
  const { fence } = project.store
  const done: string[] = []
  const next: Step[] = []
  let collection = await project.collect()
  throwAll(collection.errors)
  if (collection.pictures.size === 0) {
    const file = await writeFirstManifest(root, fence)
    if (file !== undefined) done.push(`wrote ${file}`)
    collection = await project.collect()
  }
  if (types !== undefined) {
    const shown = relative(root, types).replaceAll('\\', '/')
    if (await writeTypes(project, collection, types)) done.push(`wrote ${shown}`)
    const included = await includeTypes(root, types, fence)
    if (included.state === 'added') done.push(`added ${shown} to ${included.file}`)
    if (included.state === 'unknown') next.push([included.file, `see that it includes ${shown}`])
  }
  const plugin = missingPlugin(root)
  if (plugin !== undefined) next.push(plugin)
  if (provider.apiKey === undefined)
    next.push(['.env.local', 'COMETAPI_KEY=… or OPENAI_API_KEY=…, kept out of git'])
  if (collection.uses.length === 0)
    next.push(['any source file', "import boat from './paper-boat.png?generate&as=picture'"])
  next.push(['terminal', 'npx generate-images plan'])
  return { done, next }
}

async function writeTypes(project: Project, collection: Collection, file: string): Promise<boolean> {
  const before = await readFile(file, 'utf8').catch(() => undefined)
  await project.writeTypes(collection)
  return (await readFile(file, 'utf8')) !== before
}
