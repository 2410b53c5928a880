import type { Options } from './options.ts'
import type { Project } from './project.ts'

/**
 * Opens a project from a program: `options` over those of its configuration file, `.env` files and the environment, as
 * the command line does. Reads, and spends nothing, until it is told to. Throws every mistake in the options at once.
 */
export async function openProject(options: Options = {}): Promise<Project> {
  const [{ resolveOptions }, { createProject }] = await Promise.all([
    import('./resolve-options.ts'),
    import('./project.ts'),
  ])
  const around = { root: process.cwd(), use: 'command', from: 'openProject()' } as const
  return createProject(await resolveOptions(options, around))
}
