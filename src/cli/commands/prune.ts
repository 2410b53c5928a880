import type { Project } from '../../config/project.ts'
import { EXIT } from '../../errors/index.ts'
import { bytes, count, dollars } from '../../pipeline/figures.ts'
import type { Pruned, PrunedPicture, PruneOptions } from '../../pipeline/prune.ts'
import type { Command, CommandContext } from '../command.ts'
import { confirm } from '../confirm.ts'
import { assertMay } from '../may-change.ts'
import { filterOf } from '../names.ts'
import { collectFor, withProject } from '../open.ts'
import { table } from '../table.ts'

/** `prune`: takes away what nothing asks for. */
export const prune: Command = {
  name: 'prune',
  meaning: 'take away the pictures that nothing asks for any more',
  usage: 'prune [--dry-run] [--takes] [FLAGS]',
  details: `Moves them out of git's sight, into generated-images/.takes, where the same prompt finds them again
for free. --takes deletes for good: takes whose prompt neither an entry nor a kept picture has.
Says what goes and what it cost, and asks once; --yes goes on, --dry-run only looks. Broken pictures
and what another process has under way stay. With a mistake in a manifest it changes nothing.`,
  positionals: [],
  flags: ['dry-run', 'takes', 'yes', 'config', 'mode', 'provider', 'filter', 'json'],
  run: (context) => withProject(context, (project) => run(project, context)),
}

async function run(project: Project, context: CommandContext): Promise<number> {
  const { args } = context
  const { filter, takes = false } = args.flags
  const dryRun = args.flags['dry-run'] === true
  if (!dryRun) assertMay(project, 'change')
  const options: PruneOptions = { takes, ...(filter === undefined ? {} : { filter: filterOf(filter) }) }
  const found = await project.prune(await collectFor(project, context), { ...options, dryRun: true })
  const isNothing = found.pictures.length + found.takes.length === 0
  if (dryRun || isNothing) return end(found, context, dryRun && !isNothing ? 'would be ' : '')
  if (!args.flags.json) show(found, context, 'to be ')
  if (!(await confirm('Go on?', context))) return EXIT.done
  // A person may have thought for a while: what came since is left alone, and what is asked for again stays.
  const names = new Set(found.pictures.map(({ name }) => name))
  const files = new Set(found.takes.map(({ file }) => file))
  const { show: shown } = project.store.layout
  const pruned = await project.prune(await project.collect(), {
    takes,
    filter: (name) => names.has(name),
    takeFilter: (file) => files.has(shown(file)),
  })
  return end({ ...pruned, left: [...found.left, ...pruned.left] }, context, '')
}

function end(pruned: Pruned, context: CommandContext, would: string): number {
  const { terminal, args } = context
  const { pictures, takes, left } = pruned
  if (args.flags.json) terminal.out(JSON.stringify(pruned, null, 2))
  else {
    if (would !== '') show(pruned, context, would)
    for (const { error } of left) terminal.err(`${terminal.colors.yellow('!')} Left: ${error.message}`)
    const parts = [
      ...countOf(pictures, 'moved', 'picture', 'moved among the takes'),
      ...countOf(pictures, 'deleted', 'picture', 'of the emulator deleted'),
      ...(takes.length === 0 ? [] : [`${count(takes.length, 'take')} ${would}deleted`]),
    ]
    if (parts.length === 0) terminal.out('There is nothing that nothing asks for.')
    else if (would === '') terminal.out(`${parts.join(', ')}.`)
  }
  return left.reduce<number>((status, { error }) => Math.max(status, error.exitCode), EXIT.done)
}

function show({ pictures, takes }: Pruned, { terminal }: CommandContext, would: string): void {
  const price = (usd: number | null) => (usd === null ? 'price unknown' : dollars(usd))
  const rows = [
    ...pictures.map(({ what, ...one }) => [
      `${would}${what}`,
      one.name,
      bytes(one.bytes),
      price(one.usd),
      one.file,
    ]),
    ...takes.map((one) => [
      `${would}deleted`,
      one.prompt.split('\n')[0]!.slice(0, 40),
      bytes(one.bytes),
      price(one.usd),
      one.file,
    ]),
  ]
  for (const line of table(rows, [2, 3])) terminal.out(line)
  const all = [...pictures.filter(({ what }) => what === 'moved'), ...takes]
  const usd = all.reduce((sum, one) => sum + (one.usd ?? 0), 0)
  const gone = takes.reduce((sum, one) => sum + (one.usd ?? 0), 0)
  const lost = takes.length > 0 ? `; what is deleted cost ${dollars(gone)} and is gone for good` : ''
  terminal.out(`Together they cost ${dollars(usd)}${lost}.`)
}

function countOf(pictures: readonly PrunedPicture[], what: string, noun: string, words: string): string[] {
  const number = pictures.filter((one) => one.what === what).length
  return number === 0 ? [] : [`${count(number, noun)} ${words}`]
}
