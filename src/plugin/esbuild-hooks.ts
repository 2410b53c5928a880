// esbuild: namespaces instead of ids, a loader for each file, messages with places.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { UnpluginOptions } from 'unplugin'
import type { Options } from '../config/options.ts'
import { createHost } from './host.ts'
import { createPatientBuild, placeOf } from './patient-build.ts'
import { GENERATE } from './specifiers.ts'
import { createStderrLogger } from './stderr-logger.ts'
import { takeFile } from './take-file.ts'

const MODULES = 'unplugin-generate-images'
const FILES = 'generated-images'

interface Message {
  readonly text: string
  readonly location?: {
    readonly file: string
    readonly line: number
    readonly column: number
    readonly lineText: string
  }
}
interface Paths {
  readonly path: string
  readonly importer: string
  /** `url-token` in a stylesheet. */
  readonly kind: string
}
interface Filter {
  readonly filter: RegExp
  readonly namespace?: string
}

/** esbuild's own build, as far as it is used here. */
interface Build {
  readonly initialOptions: {
    readonly absWorkingDir?: string
    readonly alias?: Readonly<Record<string, string>>
    readonly logLevel?: string
  }
  onStart(work: () => Promise<void>): void
  onEnd(work: () => Promise<{ errors: Message[] }>): void
  onResolve(filter: Filter, work: (args: Paths) => object | undefined | Promise<object | undefined>): void
  onLoad(filter: Filter, work: (args: Paths) => object | undefined | Promise<object | undefined>): void
}

/** The setup of esbuild's plugin: each build that a plugin is handed to has a host of its own. */
export function esbuildHooks(options: Options): Partial<UnpluginOptions> {
  return { esbuild: { setup: (build) => setup(build as unknown as Build, options) } }
}

function setup(build: Build, options: Options): void {
  const { absWorkingDir: root = process.cwd(), alias, logLevel } = build.initialOptions
  const host = createHost(options)
  host.configure({
    root,
    use: 'build',
    alias,
    logger: createStderrLogger(logLevel),
    placer: async (project) => {
      const { createBuildPlacer } = await import('./begin.ts')
      return createBuildPlacer(project)
    },
  })
  const patient = createPatientBuild(host)
  const toMessage = (error: Error) => messageOf(error, root)
  const addressOf = async (path: string, importer: string) => {
    const watched = new Set<string>()
    const follow = (file: string) => void watched.add(file)
    try {
      const file = await patient.address(path, importer, takeFile.esbuild, follow)
      return { path: file, namespace: FILES, watchFiles: [...watched] }
    } catch (error) {
      return { errors: [toMessage(error as Error)], watchFiles: [...watched] }
    }
  }
  build.onStart(() => patient.begin())
  build.onResolve({ filter: GENERATE }, async ({ path, importer, kind }) => {
    if (kind === 'url-token') return addressOf(path, importer)
    const id = host.resolve(path, importer === '' ? undefined : importer)
    return id === undefined ? undefined : { path: id, namespace: MODULES }
  })
  build.onLoad({ filter: /^/, namespace: MODULES }, async ({ path }) => {
    const watched = new Set<string>()
    const { code, errors } = await patient.load(path, takeFile.esbuild, (file) => watched.add(file))
    const watchFiles = [...watched, ...(await host.decidedBy())]
    return { contents: code, loader: 'js', errors: errors.map(toMessage), watchFiles }
  })
  build.onLoad({ filter: /\.css$/, namespace: 'file' }, async ({ path }) => {
    const watched = new Set<string>()
    const text = readFileSync(path, 'utf8')
    const { code, failed, errors } = await patient.writeOut(text, path, (file) => watched.add(file))
    // Another plugin may have more to do with one that stays as it is.
    if (code === text && !failed) return undefined
    const messages = errors.map(toMessage)
    return { contents: code, loader: 'default', errors: messages, watchFiles: [...watched] }
  })
  // What our modules import are files, whatever loader the user has for pictures.
  build.onResolve({ filter: /^/, namespace: MODULES }, ({ path }) => ({ path, namespace: FILES }))
  // Read at once: a promise for each costs more than the file.
  build.onLoad({ filter: /^/, namespace: FILES }, ({ path }) => ({
    contents: readFileSync(path),
    loader: 'file',
  }))
  build.onEnd(async () => {
    await host.end()
    return { errors: patient.untold().map(toMessage) }
  })
}

/** An error at its place, with the line that esbuild shows. */
function messageOf(error: Error, root: string): Message {
  const place = placeOf(error)
  if (place === undefined) return { text: error.message }
  const { file, line, column } = place
  const lineText = lineOf(join(root, file), line)
  return { text: error.message, location: { file, line, column: column - 1, lineText } }
}

function lineOf(file: string, line: number): string {
  try {
    return readFileSync(file, 'utf8').split('\n')[line - 1] ?? ''
  } catch {
    return ''
  }
}
