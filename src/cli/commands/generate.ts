import type { Project } from '../../config/project.ts'
import { createError, EXIT, throwAll } from '../../errors/index.ts'
import { askedBefore } from '../../pipeline/asked-before.ts'
import type { RunReport } from '../../pipeline/events.ts'
import type { Recovered } from '../../pipeline/recover.ts'
import type { Command, CommandContext } from '../command.ts'
import { listenForInterruption } from '../interruption.ts'
import { collectFor, PROJECT_FLAGS, planFor, withProject } from '../open.ts'
import { createProgress } from '../progress.ts'
import { type Ended, showSummary, summaryJson } from '../summary.ts'

/** `generate`: makes what is missing or stale. */
export const generate: Command = {
  name: 'generate',
  meaning: 'make what is missing or stale',
  usage: 'generate [FLAGS]',
  details: `Prices the whole plan first; over the budget, it stops before the first request.
Where CI is set nothing is asked for, unless --mode generate says so.
An interruption (Ctrl+C) sends nothing more and waits for what is under way, because that is paid
for; a second one ends at once.`,
  positionals: [],
  flags: PROJECT_FLAGS,
  run: (context) =>
    withProject(context, (project) =>
      project.settings.mode === 'generate' ? run(project, context) : onlyLook(project, context),
    ),
}

async function run(project: Project, context: CommandContext): Promise<number> {
  const { terminal } = context
  const free = project.settings.provider.kind === 'emulator'
  const interruption = listenForInterruption(context)
  try {
    const collection = await collectFor(project, context)
    await project.writeTypes(collection)
    const recovered = await project.recover(collection, interruption.now)
    const plan = await planFor(project, collection, context)
    for (const line of askedBefore(plan)) terminal.err(`${terminal.colors.yellow('!')} ${line}`)
    const asked = plan.images.filter(({ how }) => how === 'ask').map(({ name }) => name)
    const onEvent = createProgress({ terminal, now: () => performance.now(), asked: new Set(asked), free })
    const { soon, now } = interruption
    const { done } = await project.generate(plan, { soon, now, onEvent })
    const report = await done
    show({ report, recovered, free }, context)
    if (soon.aborted) return EXIT.interrupted
    const failed = [...recovered.failed, ...report.failed]
    return failed.reduce<number>((status, { error }) => Math.max(status, error.exitCode), EXIT.done)
  } finally {
    interruption.end()
  }
}

// A mode that may not spend: nothing to do is fine, anything else is an error that says why.
async function onlyLook(project: Project, context: CommandContext): Promise<number> {
  const { modeReason: why, provider } = project.settings
  const { images, totals } = await planFor(project, await collectFor(project, context), context)
  throwAll(
    images.flatMap(({ state, name, usedIn, problem }) => {
      if (problem !== undefined) return [problem]
      if (state !== 'missing' && state !== 'stale') return []
      return [createError('MISSING', { state, why }, { picture: name, places: usedIn })]
    }),
  )
  const nothing = { made: [], copied: [], recovered: [], failed: [], requests: 0 }
  const recovered: Recovered = { names: [], failed: [] }
  const report: RunReport = { ...nothing, spentUsd: 0, maybeUsd: 0, emulatedUsd: 0, kept: totals.kept }
  show({ report, recovered, free: provider.kind === 'emulator' }, context)
  return EXIT.done
}

function show(ended: Ended, { terminal, args }: CommandContext): void {
  if (args.flags.json) terminal.out(JSON.stringify(summaryJson(ended), null, 2))
  else showSummary(ended, terminal)
}
