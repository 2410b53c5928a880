import { basename, resolve } from 'node:path'
import type { Project } from '../../config/project.ts'
import { createError, EXIT, messagesOf } from '../../errors/index.ts'
import type { ExportReport } from '../../export/export-pictures.ts'
import { bytes, count } from '../../pipeline/figures.ts'
import type { Command, CommandContext } from '../command.ts'
import { collectFor, withProject } from '../open.ts'

/** `export`: finished files for what has no bundler of ours. */
export const exportCommand: Command = {
  name: 'export',
  meaning: 'write every rendition into a folder, for sites without a bundler of ours',
  usage: 'export --out DIR [--base URL] [--hashed] [FLAGS]',
  details: `Writes <name>-<width>.<format> for every picture, in the look of its manifest entry, beside each
its markup <name>.html, and manifest.json, images.js and images.d.ts for all. Asks for nothing: a
picture that is missing is an error (with --mode draft a drawn stand-in). What is there and the same
is left alone; what an earlier export wrote and nothing wants any more is removed, no other file is.
--base is where the folder lies on the site: with public/pictures it is /pictures/.`,
  positionals: [],
  flags: ['out', 'base', 'hashed', 'config', 'mode', 'provider', 'json'],
  run: (context) => withProject(context, (project) => run(project, context)),
}

async function run(project: Project, context: CommandContext): Promise<number> {
  const { args, cwd, terminal } = context
  const { out, hashed = false } = args.flags
  if (out === undefined)
    throw createError('BAD_OPTION', { option: '--out', found: 'not given', allowed: 'a folder' })
  const folder = resolve(cwd, out)
  const told = args.flags.base ?? `/${encodeURIComponent(basename(folder))}`
  const base = `${told.replace(/\/+$/, '')}/`
  const plan = await project.plan(await collectFor(project, context))
  const { exportPictures } = await import('../../export/export-pictures.ts')
  const report = await exportPictures(project, plan, { folder, base, hashed })
  if (args.flags.json) terminal.out(JSON.stringify(summaryJson(report), null, 2))
  else show(report, out, base, context)
  return EXIT.done
}

function summaryJson({ pictures, warnings, ...files }: ExportReport): object {
  return { pictures: pictures.length, stale: warnings, ...files }
}

function show(report: ExportReport, out: string, base: string, { terminal }: CommandContext): void {
  const { pictures, written, unchanged, removed, left, warnings } = report
  const warn = (message: string) => terminal.err(`${terminal.colors.yellow('!')} ${message}`)
  for (const message of messagesOf(warnings, 'warnings')) warn(message)
  for (const path of left) warn(`${path} is not wanted any more, and stays: somebody has changed it.`)
  const weight = pictures.flatMap(({ files }) => files).reduce((sum, file) => sum + file.bytes, 0)
  const parts = [
    `${count(written.length, 'file')} written`,
    `${unchanged.length} as they were`,
    ...(removed.length === 0 ? [] : [`${removed.length} removed`]),
  ]
  terminal.out(`${count(pictures.length, 'picture')} in ${out}, ${bytes(weight)}: ${parts.join(', ')}.`)
  terminal.out(`Their addresses begin with ${base} (--base).`)
}
