// What the plugin's hooks share: the surroundings that a bundler tells, the project, and the ids of its modules.
// Nothing heavy is imported before a build begins, so that a config file that names the plugin stays cheap.
import { isAbsolute, relative } from 'node:path'
import type { Options } from '../config/options.ts'
import type { Project } from '../config/project.ts'
import type { Surroundings } from '../config/settings.ts'
import { createModuleIds, type ModuleIds, OUR_IDS } from './ids.ts'
import type { Placer } from './placer.ts'
import { createReporter, type Logger, type Reporter, toHostError } from './report.ts'
import type { Session } from './session.ts'

/** What a bundler tells of itself before a build begins. */
export interface HostSurroundings extends Omit<Surroundings, 'configFile' | 'environment'> {
  readonly logger: Logger
  /** How files are brought to this bundler. */
  readonly placer: (project: Project) => Promise<Placer>
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
  /**
   * The id of a specifier that a file imports, or of one of our modules as a dev server's address; `undefined` for others,
   * and for a specifier that no file imports but a request asks for.
   */
  resolve(id: string, importer: string | undefined): string | undefined
  /** The text of one of our modules. */
  load(id: string): Promise<string>
  /** The end of a build, also of one that failed: waits for what is paid for, and says what was done. */
  end(): Promise<void>
  readonly ids: () => ModuleIds
}

const slashes = (path: string) => path.replaceAll('\\', '/')

export function createHost(options: Options): Host {
  let surroundings: HostSurroundings | undefined
  let ids: ModuleIds | undefined
  let project: Promise<Project> | undefined
  let beginning: Promise<Begun> | undefined
  let reporter: Reporter | undefined

  const told = (): HostSurroundings => {
    if (surroundings === undefined) throw new Error('the bundler has not said where it runs')
    return surroundings
  }
  const rootOf = () => slashes(told().root)
  const open = async (): Promise<Project> => {
    const [{ resolveOptions }, { createProject }] = await Promise.all([
      import('../config/resolve-options.ts'),
      import('../config/project.ts'),
    ])
    return createProject(await resolveOptions(options, told()))
  }
  const beginNow = async (): Promise<Begun> => {
    project ??= open()
    const [{ createSession }, opened] = await Promise.all([import('./session.ts'), project])
    reporter ??= createReporter(told().logger)
    const session = createSession(opened, reporter)
    const placer = await told().placer(opened)
    await session.begin().catch((error) => {
      throw toHostError(error, opened.settings.root)
    })
    return { project: opened, session, placer }
  }
  const begun = () => {
    beginning ??= beginNow()
    return beginning
  }
  // A build that failed elsewhere still waits for what is paid for.
  const settled = async () => {
    const current = await beginning?.catch(() => undefined)
    await current?.session.settled()
  }
  const getIds = () => {
    ids ??= createModuleIds(rootOf())
    return ids
  }
  // What a request asks for by its address, Vite resolves as if the page itself imported it (what a page does import has a
  // query behind the page's name). Such a prompt is never looked at: neither drawn nor written down.
  const isAsked = (importer: string) => told().use === 'dev' && importer === `${rootOf()}/index.html`

  return {
    ids: getIds,
    begun,
    configure(given) {
      surroundings = given
    },
    async begin() {
      // One after another: what one build asks for, the next one finds.
      const before = settled()
      beginning = before.then(beginNow)
      await beginning
    },
    resolve(id, importer) {
      if (OUR_IDS.test(slashes(id))) return getIds().find(slashes(id))?.id
      if (importer === undefined || isAsked(slashes(importer))) return undefined
      return getIds().idOf(fromRoot(slashes(id), rootOf()), slashes(importer.split('?')[0]!))
    },
    async load(id) {
      const mapped = getIds().find(slashes(id))
      if (mapped === undefined) throw new Error(`${id} is not known in this build; build again`)
      const { session, placer, project: opened } = await begun()
      const { root } = opened.settings
      const { moduleOf } = await import('./module.ts')
      try {
        // What the bundler takes from its own root is not the same in a project whose root is set apart.
        const written =
          mapped.written.startsWith('/') && root !== rootOf() ? rootOf() + mapped.written : mapped.written
        const use = await session.find(written, slashes(relative(root, mapped.importer)))
        return await moduleOf(use, { project: opened, placer, original: session.original })
      } catch (error) {
        throw toHostError(error, root)
      }
    },
    async end() {
      await settled()
      const current = await beginning?.catch(() => undefined)
      if (current === undefined) return
      if (current.project.settings.use === 'build')
        reporter?.end(await current.session.settled(), current.placer.weight())
      await current.project.save()
    },
  }
}

/** A path that an alias made absolute, as the root-absolute specifier that a person would write. */
function fromRoot(id: string, root: string): string {
  return isAbsolute(id) && id.startsWith(`${root}/`) ? id.slice(root.length) : id
}
