import { existsSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createError } from '../errors/index.ts'

/** The configuration files that are looked for, the first wins. */
export const CONFIG_FILES = ['ts', 'mts', 'js', 'mjs', 'json'].map(
  (extension) => `generate-images.config.${extension}`,
)

/** The configuration file in a folder, absolute; `undefined` where there is none. */
export function findConfigFile(root: string): string | undefined {
  return CONFIG_FILES.map((name) => join(root, name)).find((file) => existsSync(file))
}

/**
 * Loads a configuration file: its default export (or what that promises), or its JSON. `shown` is its name in messages.
 * Throws CONFIG_UNREADABLE.
 */
export async function loadConfigFile(file: string, shown: string): Promise<unknown> {
  const extension = extname(file)
  const kind = statSync(file, { throwIfNoEntry: false })
  const fail = (problem: string, { cause, line }: { cause?: unknown; line?: number | undefined } = {}) => {
    const places = line === undefined ? [] : [{ file: shown, line }]
    return createError(
      'CONFIG_UNREADABLE',
      { file: shown, problem, there: kind !== undefined },
      { cause, places },
    )
  }
  if (kind?.isFile() !== true) throw fail(kind === undefined ? 'there is no such file' : 'it is no file')
  if (!CONFIG_FILES.some((name) => name.endsWith(extension)))
    throw fail(`the ending "${extension}" is none of .ts, .mts, .js, .mjs and .json`)
  if (extension === '.json') {
    const { parseJson } = await import('./json-file.ts')
    const { value, problem, line } = parseJson(readFileSync(file, 'utf8'))
    if (problem !== undefined) throw fail(problem, { line })
    return value
  }
  try {
    const module = extension.endsWith('ts') ? await importTypeScript(file) : await importJavaScript(file)
    if ('default' in module) return await module.default
  } catch (cause) {
    throw fail(problemOf(cause), { cause, line: lineOf(cause, file) })
  }
  throw fail('it has no default export')
}

type Module = Readonly<Record<string, unknown>>

// jiti runs TypeScript on every Node that this package promises; it is loaded for such files alone.
async function importTypeScript(file: string): Promise<Module> {
  const { createJiti } = await import('jiti')
  return createJiti(import.meta.url, { interopDefault: false, fsCache: false, moduleCache: false }).import(
    file,
  )
}

// The time of its last change makes an edited file another module: a dev server that starts anew reads it again.
async function importJavaScript(file: string): Promise<Module> {
  return (await import(`${pathToFileURL(file).href}?t=${statSync(file).mtimeMs}`)) as Module
}

// The first line of a message is the sentence; what follows is code frames and stacks.
function problemOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause)
  return (message.split('\n')[0] ?? '').replace(/[.:\s]+$/, '')
}

/** The first line of the file that the stack of an error names. */
function lineOf(cause: unknown, file: string): number | undefined {
  const stack = cause instanceof Error ? (cause.stack ?? '') : ''
  for (const name of [file, pathToFileURL(file).href]) {
    const after = stack.split(name)[1] ?? ''
    const line = /^(?:\?t=[\d.]+)?:(\d+)/.exec(after)?.[1]
    if (line !== undefined) return Number(line)
  }
  return undefined
}
