// From a command line to a project: the flags that stand for options, and what every command about pictures does first.
import picomatch from 'picomatch'
import type { Options } from '../config/options.ts'
import { createProject, type Project } from '../config/project.ts'
import { resolveOptions } from '../config/resolve-options.ts'
import { createError, messagesOf, throwAll } from '../errors/index.ts'
import type { Collection } from '../pipeline/collect.ts'
import type { Plan } from '../pipeline/plan.ts'
import { nearest } from '../spec/nearest.ts'
import type { CommandContext } from './command.ts'
import type { Flag } from './flags.ts'

/** The flags that every command about pictures has. */
export const PROJECT_FLAGS: readonly Flag[] = [
  ...(['config', 'mode', 'provider', 'filter'] as const),
  ...(['budget-images', 'budget-usd', 'concurrency', 'json'] as const),
]

/** Opens the project that a command line is about, for as long as `work` takes. */
export async function withProject<T>(
  { args, cwd, environment }: CommandContext,
  work: (project: Project) => Promise<T>,
): Promise<T> {
  const { mode, provider, concurrency, config } = args.flags
  const images = args.flags['budget-images']
  const usd = args.flags['budget-usd']
  const budget = { ...(images === undefined ? {} : { images }), ...(usd === undefined ? {} : { usd }) }
  const given: Options = {
    ...(mode === undefined ? {} : { mode }),
    ...(concurrency === undefined ? {} : { provider: { concurrency } }),
    ...(provider === undefined ? {} : { provider }),
    ...(images === undefined && usd === undefined ? {} : { budget }),
  }
  const around = { root: cwd, use: 'command', from: 'command line', environment, configFile: config } as const
  const project = createProject(await resolveOptions(given, around))
  try {
    return await work(project)
  } finally {
    await project.close()
  }
}

/** Everything that the project asks for; its warnings are printed. Throws all mistakes at once. */
export async function collectFor(project: Project, { args, terminal }: CommandContext): Promise<Collection> {
  const collection = await project.collect()
  throwAll(collection.errors)
  if (!args.flags.json) {
    for (const message of messagesOf(collection.warnings, 'warnings'))
      terminal.err(`${terminal.colors.yellow('!')} ${message}`)
  }
  return collection
}

/** The plan for the pictures that `--filter` names, or for all. Throws where a filter names none: most likely it is mistyped. */
export async function planFor(
  project: Project,
  collection: Collection,
  { args }: CommandContext,
  options: { readonly deep?: boolean } = {},
): Promise<Plan> {
  const { filter } = args.flags
  if (filter === undefined) return project.plan(collection, options)
  const plan = await project.plan(collection, { ...options, filter: picomatch(filter, { basename: true }) })
  if (plan.images.length > 0) return plan
  const names = [...collection.pictures.keys()]
  const near = [...nearest(filter, names), ...names.filter((name) => name.includes(filter))]
  throw createError('BAD_OPTION', {
    option: '--filter',
    found: `${JSON.stringify(filter)}, which no picture's name matches`,
    allowed: 'a name or a glob, such as paper-boat, src/blog/** or *-hero',
    nearest: [...new Set(near)].slice(0, 3),
  })
}
