import type { Command } from './command.ts'
import { FLAGS, type Flag, type FlagRow } from './flags.ts'
import { table } from './table.ts'

const PROGRAM = 'generate-images'
const EXITS = [
  ['0', 'done'],
  ['1', 'pictures are missing, stale, broken or failed'],
  ['2', 'wrong usage or configuration'],
  ['3', 'over the budget; nothing was sent'],
  ['130', 'interrupted; what was paid for is kept'],
] as const

/** The help of the whole program. */
export function mainHelp(commands: readonly Command[]): string {
  const [first] = commands
  const rows: string[][] = commands.map(({ name, meaning }) => [
    name,
    name === first?.name ? `${meaning} (the default)` : meaning,
  ])
  const flags: Flag[] = [
    ...new Set<Flag>([...commands.flatMap((command) => command.flags), 'help', 'version']),
  ]
  return [
    `${PROGRAM}: pictures from prompts, made once, kept in git`,
    '',
    `Usage: ${PROGRAM} [COMMAND] [FLAGS]`,
    '',
    ...section('Commands', rows),
    ...section('Flags', flags.map(flagRow)),
    ...section('Exit status', EXITS),
    `${PROGRAM} COMMAND --help says more of a command.`,
  ].join('\n')
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  return [
    `${PROGRAM} ${command.name}: ${command.meaning}`,
    '',
    `Usage: ${PROGRAM} ${command.usage}`,
    '',
    command.details,
    '',
    ...section('Flags', [...command.flags, 'help' as const].map(flagRow)),
  ]
    .join('\n')
    .trimEnd()
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  return [`${title}:`, ...table(rows).map((line) => `  ${line}`), '']
}

function flagRow(flag: Flag): string[] {
  const row: FlagRow = FLAGS[flag]
  const value = row.value === undefined ? '' : ` ${row.value}`
  const short = row.short === undefined ? '' : `, -${row.short}`
  return [`--${flag}${short}${value}`, row.meaning]
}
