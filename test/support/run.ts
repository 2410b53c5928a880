// A run as the command line makes it. Knows no test framework, so that a child process can use it too.
import type { ClientOptions } from '../../src/api/index.ts'
import type { Options } from '../../src/config/options.ts'
import { createProject, type Project } from '../../src/config/project.ts'
import { resolveOptions } from '../../src/config/resolve-options.ts'
import { joinErrors } from '../../src/errors/index.ts'
import type { RunEvent, RunReport } from '../../src/pipeline/events.ts'
import type { Plan } from '../../src/pipeline/plan.ts'
import type { Recovered } from '../../src/pipeline/recover.ts'

/** What a run may be told beside the options. */
export interface RunOptions {
  readonly soon?: AbortSignal
  readonly now?: AbortSignal
  readonly filter?: (name: string) => boolean
  readonly onEvent?: (event: RunEvent) => void
  /** Called with the project before anything is asked of it. */
  readonly prepare?: (project: Project) => void
}

/** What a run told. */
export interface Ran {
  readonly recovered: Recovered
  readonly plan: Plan
  readonly report: RunReport
}

/** Opens a project as the command line does, in an empty environment; `client` says how the API's client waits. */
export async function openProject(options: Options, client: Partial<ClientOptions> = {}): Promise<Project> {
  const around = { root: options.root!, use: 'command', environment: {} } as const
  const settings = await resolveOptions(options, around)
  // The provider's settings are handed on to the client whole.
  return createProject({ ...settings, provider: { ...settings.provider, ...client } })
}

/** Collects, finishes what is left, plans, asks, waits; closes the project whatever happens. */
export async function runOn(project: Project, options: RunOptions = {}): Promise<Ran> {
  const never = new AbortController().signal
  const { soon = never, now = never, onEvent = () => {}, filter, prepare } = options
  try {
    prepare?.(project)
    const collection = await project.collect()
    if (collection.errors.length > 0) throw joinErrors(collection.errors)
    const recovered = await project.recover(collection, now)
    const plan = await project.plan(collection, filter === undefined ? {} : { filter })
    const run = await project.generate(plan, { soon, now, onEvent })
    return { recovered, plan, report: await run.done }
  } finally {
    await project.close()
  }
}
