// What the plugin's hooks share: the surroundings that a bundler tells, the project, and the ids of its modules.
// Nothing heavy is imported before a build begins, so that a config file that names the plugin stays cheap.
import { isAbsolute, join, relative, resolve } from 'node:path'
import type { Options } from '../config/options.ts'
import type { Project } from '../config/project.ts'
import type { Settings, Surroundings } from '../config/settings.ts'
import type { GenerateImagesError } from '../errors/index.ts'
import type { Use } from '../pipeline/collect.ts'
import { MANIFEST_FILE } from '../spec/names.ts'
import { toHostError } from './host-error.ts'
import { createModuleIds, type ModuleIds, OUR_IDS } from './ids.ts'
import type { MadeModule } from './module.ts'
import type { Placer } from './placer.ts'
import type { Reading } from './reading.ts'
import type { Logger, Reporter } from './report.ts'
import type { Session } from './session.ts'
import type { TakeFile } from './take-file.ts'

/** What a bundler tells of itself before a build begins. */
export interface HostSurroundings extends Omit<Surroundings, 'configFile' | 'environment'> {
  readonly logger: Logger
  /** How files are brought to this bundler. */
  readonly placer: (project: Project) => Promise<Placer>
  /** Whether ids have to be files, because the bundler's cache outlives the process. */
  readonly idsAreFiles?: boolean
  /** Whether what it shows follows what happens, so that nothing has to be waited for. */
  readonly isLive?: boolean
}

/** A begun build or dev server. */
export interface Begun {
  readonly project: Project
  readonly session: Session
  readonly placer: Placer
}

/** The shared state of one plugin instance. */
export interface Host {
  configure(surroundings: HostSurroundings): void
  /** Begins a build; each build anew, so that a rebuild sees what changed. */
  begin(): Promise<void>
  begun(): Promise<Begun>
  /** The files (absolute) that decide whether a build can begin, of one that could not as well. */
  decidedBy(): Promise<readonly string[]>
  /** The folder of kept pictures (absolute), where this build writes nothing into it: others may, and a watcher may look. */
  quietFolder(): string | undefined
  /**
   * The id of a specifier that a file imports, or of one of our modules as a dev server's address; `undefined` for others,
   * and for a specifier that no file imports but a request asks for.
   */
  resolve(id: string, importer: string | undefined): string | undefined
  /** The id of a specifier that stands in a text, as a page or a stylesheet has it. */
  idOf(written: string, importer: string): string
  /** What a text with specifiers is read with; `id` is the bundler's. `follow` is told each file that it follows from. */
  reading(id: string, follow: Follow): Promise<Reading>
  /** The text of one of our modules, whose files go to the bundler by `take`. `follow` is told each file that it follows from, also where this throws. */
  load(id: string, take: TakeFile, follow?: Follow): Promise<string>
  /** The same, with what it shows. */
  make(id: string, take: TakeFile, follow?: Follow): Promise<MadeModule>
  reporter(): Promise<Reporter>
  /** The end of a build, also of one that failed: waits for what is paid for, and says what was done. */
  end(): Promise<void>
  readonly ids: () => ModuleIds
}

/** Told the absolute path of a file that a module follows from, and that may not be there. */
export type Follow = (file: string) => void

const slashes = (path: string) => path.replaceAll('\\', '/')

export function createHost(options: Options): Host {
  let surroundings: HostSurroundings | undefined
  let ids: ModuleIds | undefined
  let settings: Promise<Settings> | undefined
  let project: Promise<Project> | undefined
  let latest: { readonly session: Session; readonly project: Project } | undefined
  let failure: unknown
  let quiet: Promise<boolean> | undefined
  let beginning: Promise<Begun> | undefined
  let reporter: Promise<Reporter> | undefined
  let looking: Promise<typeof import('./quiet.ts')> | undefined
  let loading: Promise<typeof import('./begin.ts')> | undefined

  const told = (): HostSurroundings => {
    if (surroundings === undefined) throw new Error('the bundler has not said where it runs')
    return surroundings
  }
  const rootOf = () => slashes(told().root)
  // By one import: several of one file under way at once are too much for some loaders of TypeScript.
  const loadQuiet = () => {
    looking ??= import('./quiet.ts')
    return looking
  }
  const loadBegin = () => {
    loading ??= import('./begin.ts')
    return loading
  }
  const getSettings = async () => {
    const { resolveOptions } = await loadQuiet()
    settings ??= resolveOptions(options, told())
    return settings
  }
  const open = async (): Promise<Project> => {
    const { createProject } = await loadBegin()
    return createProject(await getSettings())
  }
  const openReporter = async () => {
    const { canMove, createMovingLine, createReporter } = await loadBegin()
    const line = canMove(process.stderr) ? createMovingLine(process.stderr) : undefined
    return createReporter(told().logger, { line, now: () => performance.now() })
  }
  const getReporter = () => {
    reporter ??= openReporter()
    return reporter
  }
  const beginNow = async (): Promise<Begun> => {
    failure = undefined
    try {
      project ??= open()
      const { createSession } = await loadBegin()
      const [opened, report] = await Promise.all([project, getReporter()])
      const session = createSession(opened, report, { isLive: told().isLive === true })
      latest = { session, project: opened }
      const placer = await told().placer(opened)
      await session.begin()
      return { project: opened, session, placer }
    } catch (error) {
      // Options that are mended are read again.
      if (latest === undefined) settings = project = undefined
      failure = toHostError(error, latest?.project.settings.root ?? rootOf())
      throw failure
    }
  }
  const lookIfQuiet = async () => {
    if (told().use !== 'build') return false
    const { isQuiet } = await loadQuiet()
    // Mistakes in options are told by what begins.
    return getSettings()
      .then(isQuiet)
      .catch(() => false)
  }
  const begun = async () => {
    await quiet
    beginning ??= beginNow()
    return beginning
  }
  // A build that failed elsewhere still waits for what is paid for.
  const settled = async () => {
    const current = await beginning?.catch(() => undefined)
    await current?.session.settled()
  }
  const getIds = () => {
    ids ??= createModuleIds(rootOf(), told().idsAreFiles ? `${rootOf()}/${MODULE_FILES}` : undefined)
    return ids
  }
  // What a request asks for by its address, Vite resolves as if the page itself imported it (what a page does import has a
  // query behind the page's name). Such a prompt is never looked at: neither drawn nor written down.
  const isAsked = (importer: string) => told().use === 'dev' && importer === `${rootOf()}/index.html`
  // A manifest that is nearer to a file wins, so one that appears there decides as well.
  const manifestsFor = (importer: string): string[] => {
    const folders = relative(rootOf(), importer).split(/[\\/]/).slice(0, -1)
    return [...folders.keys(), folders.length].map((depth) =>
      join(rootOf(), ...folders.slice(0, depth), MANIFEST_FILE),
    )
  }

  const finder =
    ({ session, project: { settings } }: Begun) =>
    (written: string, importer: string): Use => {
      const { root } = settings
      // What the bundler takes from its own root is not the same in a project whose root is set apart.
      const path = written.startsWith('/') && root !== rootOf() ? rootOf() + written : written
      try {
        return session.find(path, slashes(relative(root, importer.split('?')[0]!)))
      } catch (error) {
        throw toHostError(error, root)
      }
    }
  const idOf: Host['idOf'] = (written, importer) =>
    getIds().idOf(fromRoot(slashes(written), rootOf()), slashes(importer.split('?')[0]!))

  const make: Host['make'] = async (id, take, follow = () => {}) => {
    const mapped = getIds().find(slashes(id))
    if (mapped === undefined) throw new Error(`${id} is not known in this build; build again`)
    manifestsFor(mapped.importer).forEach(follow)
    const current = await begun()
    const { session, placer, project: opened } = current
    session.decidedBy().forEach(follow)
    const { moduleOf } = await loadBegin()
    try {
      const use = finder(current)(mapped.written, mapped.importer)
      const tools = { project: opened, placer, take, original: session.original, follow }
      return await moduleOf(use, { ...tools, id: mapped.id })
    } catch (error) {
      throw toHostError(error, opened.settings.root)
    }
  }

  return {
    ids: getIds,
    begun,
    idOf,
    async reading(id, follow) {
      const [current, tools] = await Promise.all([begun(), loadBegin()])
      const { session, project: opened } = current
      for (const file of [...manifestsFor(id), ...session.decidedBy()]) follow(file)
      const see = (name: string) => follow(opened.store.layout.record(name))
      return { ...tools, id: slashes(id), root: rootOf(), find: finder(current), see }
    },
    make,
    reporter: getReporter,
    configure(given) {
      // One instance may serve before it builds (Astro reads content so), and a build may not what a server may.
      const differs = surroundings?.use !== given.use || surroundings.root !== given.root
      if (differs) ids = settings = project = latest = reporter = undefined
      surroundings = given
    },
    async decidedBy() {
      const root = latest?.project.settings.root ?? rootOf()
      const errors = [failure as GenerateImagesError | undefined].flatMap((error) => [
        ...(error?.errors?.length ? error.errors : [error]),
      ])
      const places = errors.flatMap((error) => error?.places ?? [])
      const pictures = errors.flatMap((error) => (error?.picture === undefined ? [] : [error.picture]))
      const asleep = latest === undefined ? (await settings?.catch(() => undefined))?.configFile : undefined
      const deciding = latest?.session.decidedBy() ?? (asleep === undefined ? [] : [asleep])
      const files = [...places.map(({ file }) => resolve(root, file)), ...deciding]
      return [...new Set([...files, ...pictures.map((name) => latest!.project.store.layout.record(name))])]
    },
    quietFolder() {
      const { mode, root, folder } = latest?.project.settings ?? {}
      return mode === undefined || mode === 'generate' ? undefined : join(root!, folder!)
    },
    async begin() {
      // One after another: what one build asks for, the next one finds.
      quiet = settled().then(lookIfQuiet)
      beginning = undefined
      if (!(await quiet)) await begun()
    },
    resolve(id, importer) {
      if (OUR_IDS.test(slashes(id))) return getIds().find(slashes(id))?.id
      if (importer === undefined || isAsked(slashes(importer))) return undefined
      return idOf(id, importer)
    },
    load: async (id, take, follow) => (await make(id, take, follow)).code,
    async end() {
      await settled()
      const current = await beginning?.catch(() => undefined)
      if (current === undefined) return
      if (current.project.settings.use === 'build')
        (await getReporter()).end(await current.session.settled(), current.placer.weight())
      await current.project.save()
    },
  }
}

// From the root.
const MODULE_FILES = 'node_modules/.cache/unplugin-generate-images/modules'

/** A path that an alias made absolute, as the root-absolute specifier that a person would write. */
function fromRoot(id: string, root: string): string {
  return isAbsolute(id) && id.startsWith(`${root}/`) ? id.slice(root.length) : id
}
