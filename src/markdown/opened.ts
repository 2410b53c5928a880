// The project behind Markdown that no bundler of ours compiles: opened with the first picture, and read anew when a file
// that decides has changed.
import { statSync } from 'node:fs'
import { isDevelopment } from '../config/environment.ts'
import type { Options } from '../config/options.ts'
import type { Project } from '../config/project.ts'
import type { Session } from '../plugin/session.ts'
import { createStderrLogger } from '../plugin/stderr-logger.ts'

/** The project, and one reading of it. */
export interface Opened {
  readonly project: Project
  readonly session: Session
  /** When it began to be read. */
  readonly since: number
}

/** Opens the project for a text, a file (absolute) of it. Throws the mistakes of the project, and MISSING as the mode says. */
export type Open = (file: string) => Promise<Opened>

/** `root`: the project's folder, unless the options name one. */
export function createOpen(options: Options, root: string): Open {
  let project: Project | undefined
  let opened: Opened | undefined
  // One reading at a time serves all files that wait for it.
  let turn: Promise<unknown> = Promise.resolve()
  const begin = async (): Promise<Opened> => {
    const since = Date.now()
    const tools = await import('./begin.ts')
    const use = isDevelopment() ? 'dev' : 'text'
    const around = { root, use, from: 'options of the remark plugin' } as const
    project ??= tools.createProject(await tools.resolveOptions(options, around))
    const now = () => performance.now()
    const report = tools.createReporter(createStderrLogger(), { line: undefined, now })
    const session = tools.createSession(project, report, { isLive: false })
    await session.begin()
    return { project, session, since }
  }
  return (file) => {
    const reading = turn.then(async () => {
      if (opened === undefined || isOld(opened, file)) opened = await begin()
      return opened
    })
    turn = reading.catch(() => {
      opened = undefined
    })
    return reading
  }
}

// Times of files are those of a clock that ticks a few times a second on some systems.
const TICK = 20

function isOld({ session, since }: Opened, file: string): boolean {
  return [file, ...session.decidedBy()].some((one) => {
    const stats = statSync(one, { throwIfNoEntry: false })
    return stats !== undefined && stats.mtimeMs >= since - TICK
  })
}
