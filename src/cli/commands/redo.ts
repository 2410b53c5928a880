import type { Project } from '../../config/project.ts'
import { createError, EXIT } from '../../errors/index.ts'
import { askedBefore } from '../../pipeline/asked-before.ts'
import type { Collection } from '../../pipeline/collect.ts'
import { count, dollars } from '../../pipeline/figures.ts'
import type { RedoReport } from '../../pipeline/redo.ts'
import type { Command, CommandContext } from '../command.ts'
import { listenForInterruption } from '../interruption.ts'
import { assertMay } from '../may-change.ts'
import { filterOf, namesFor } from '../names.ts'
import { collectFor, PROJECT_FLAGS, withProject } from '../open.ts'
import { createProgress } from '../progress.ts'
import { moneyOf, showFailures } from '../summary.ts'
import { table } from '../table.ts'

/** `redo`: new takes of pictures, whatever is kept. */
export const redo: Command = {
  name: 'redo',
  meaning: 'make pictures anew, or several takes of them to choose from',
  usage: 'redo NAME… [-n N] [FLAGS]',
  details: `Asks for N new takes of each picture, by its prompt as it is written now, whatever is kept. NAME is
its whole name or the last part of it; --filter alone names all that match. One take comes in the
place of the picture, which becomes a take; several lie among the takes until you pick one.
Like generate it prices everything first, stops over the budget, and asks no question: naming the
pictures is the word to spend. An interruption waits for what is under way; a second ends at once.`,
  positionals: ['[NAME…]'],
  flags: ['count', ...PROJECT_FLAGS],
  run: (context) =>
    withProject(context, async (project) => {
      assertMay(project, 'spend')
      return run(project, context)
    }),
}

async function run(project: Project, context: CommandContext): Promise<number> {
  const { terminal, args } = context
  const n = args.flags.count ?? 1
  const free = project.settings.provider.kind === 'emulator'
  const interruption = listenForInterruption(context)
  try {
    const collection = await collectFor(project, context)
    const names = wanted(collection, context)
    await project.writeTypes(collection)
    const recovered = await project.recover(collection, interruption.now)
    const plan = await project.planRedo(collection, { names, n })
    for (const line of askedBefore(plan)) terminal.err(`${terminal.colors.yellow('!')} ${line}`)
    const onEvent = createProgress({
      ...{ terminal, free, now: () => performance.now() },
      ...{ asked: new Set(names), images: plan.totals.images },
    })
    const { soon, now } = interruption
    const report = await project.redo(collection, { names, n, soon, now, onEvent })
    const failed = [...recovered.failed, ...report.failed]
    if (args.flags.json)
      terminal.out(JSON.stringify(redoJson(report, failed, recovered.names, project), null, 2))
    else {
      showFailures(
        failed.map(({ error }) => error),
        terminal,
      )
      showTakes(report, n, context, project)
      terminal.out(moneyOf(report, free))
    }
    if (soon.aborted) return EXIT.interrupted
    return failed.reduce<number>((status, { error }) => Math.max(status, error.exitCode), EXIT.done)
  } finally {
    interruption.end()
  }
}

function wanted(collection: Collection, { args }: CommandContext): string[] {
  const { filter } = args.flags
  const matches = filter === undefined ? () => true : filterOf(filter)
  const named = args.positionals.length === 0 && filter !== undefined
  const names = named ? [...collection.pictures.keys()] : namesFor(args.positionals, collection)
  const found = names.filter(matches)
  if (found.length > 0) return found
  throw createError('BAD_OPTION', {
    option: filter === undefined ? 'NAME' : '--filter',
    found: filter === undefined ? 'not given' : `${JSON.stringify(filter)}, which no picture's name matches`,
    allowed: 'generate-images redo NAME… [-n N], or --filter and a glob such as src/blog/**',
  })
}

function showTakes({ takes }: RedoReport, n: number, { terminal }: CommandContext, project: Project): void {
  for (const [name, made] of takes) {
    terminal.out(`${name}: ${count(made.length, 'new take')}`)
    const rows = made.map(({ number, file, record, shown }) => {
      const price = record.cost.usd === null ? '' : dollars(record.cost.usd)
      return ['', `${number}`, price, project.store.layout.show(file) + (shown ? '  (in its place)' : '')]
    })
    for (const line of table(rows, [1])) terminal.out(line)
    const [first] = made
    if (n > 1 && first !== undefined)
      terminal.out(`  To choose one: npx generate-images pick ${name} ${first.number}`)
  }
}

function redoJson(
  { takes, requests, spentUsd, maybeUsd, emulatedUsd }: RedoReport,
  failed: RedoReport['failed'],
  recovered: readonly string[],
  { store }: Project,
): object {
  const made = [...takes].flatMap(([name, list]) =>
    list.map(({ number, file, record, shown }) => {
      return { name, take: number, file: store.layout.show(file), usd: record.cost.usd, inPlace: shown }
    }),
  )
  return { made, recovered, failed, requests, spentUsd, maybeUsd, emulatedUsd }
}
