// What the pages of a dev server show: remembers what each of our modules gave, makes them again when something changed,
// and tells the pages the difference.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { EnvironmentModuleNode, ErrorPayload, ViteDevServer } from 'vite'
import type { GenerateImagesError } from '../errors/index.ts'
import { compareParts } from './changes.ts'
import type { Host } from './host.ts'
import type { MadeModule, ShownPart } from './module.ts'
import { overlayOf } from './overlay.ts'
import type { DevPlacer } from './place-in-dev.ts'
import type { TakeFile } from './take-file.ts'

interface Shown {
  parts: readonly ShownPart[] | undefined
  /** Whether a page asked for it and got an error in its place: such a page has to be loaded again. */
  failed: boolean
  /** Whether a page or a stylesheet has it in its text, and no module imports it. */
  readonly inText: boolean
}

/** What showing needs. */
export interface ShowTools {
  /** The placer, once the project is open. */
  readonly dev: () => DevPlacer | undefined
  /** How the server takes files. */
  readonly take: TakeFile
}

/** What the pages of a dev server show. */
export interface ShownModules {
  /** One of our modules, for whoever imports it. */
  load(id: string): Promise<string>
  /** The same for a specifier in the text of a page or a stylesheet. */
  make(id: string): Promise<MadeModule>
  /** Does what gives a page or a stylesheet its pictures; where it throws, the page is loaded again when that is mended. */
  attempt<T>(work: () => Promise<T>): Promise<T>
  /** Makes modules again: all, or those that show one of the named pictures. */
  renew(pictures?: ReadonlySet<string>): Promise<void>
  /** Whether one of them could not be made. */
  isWrong(): boolean
}

/** A page may have asked for a picture before it began to listen: it is told what changed in the last minute. */
const REMEMBERED_MS = 60_000

export function createShownModules(
  server: ViteDevServer,
  host: Host,
  { dev, take }: ShowTools,
): ShownModules {
  const shown = new Map<string, Shown>()
  const { hot } = server.environments.client
  const recent: { readonly at: number; readonly update: object }[] = []
  let overlay: ErrorPayload | undefined
  let textFailed = false
  server.ws.on('connection', () => {
    while (recent[0] !== undefined && performance.now() - recent[0].at > REMEMBERED_MS) recent.shift()
    if (recent.length > 0)
      hot.send(
        'generate-images:changed',
        recent.map(({ update }) => update),
      )
    // What Vite says of a request, it may say to the page that is just being left.
    if (overlay !== undefined) hot.send(overlay)
  })

  const nodesOf = (id: string): EnvironmentModuleNode[] =>
    Object.values(server.environments).flatMap(({ moduleGraph }) => moduleGraph.getModuleById(id) ?? [])

  const forget = (id: string) => {
    for (const { moduleGraph } of Object.values(server.environments)) {
      const node = moduleGraph.getModuleById(id)
      if (node === undefined) continue
      moduleGraph.invalidateModule(node)
      // Who imports it from here on gets the new one; those who did keep theirs, whose addresses lead on.
      node.lastHMRTimestamp = Date.now()
    }
  }
  /** Remembers what a module gives, and tells the pages what changed of it. Whether they can show it so. */
  const note = (id: string, { parts }: MadeModule, inText: boolean): boolean => {
    const before = shown.get(id)
    shown.set(id, { parts, failed: false, inText: inText || before?.inText === true })
    if (before?.parts === undefined) return true
    const { spots, texts, attributes, swappable } = compareParts(before.parts, parts)
    if (spots.length === 0) return swappable
    const files = Object.assign({}, ...spots.map((spot) => dev()?.current(spot) ?? {}))
    const update = { files, texts, attributes }
    recent.push({ at: performance.now(), update })
    hot.send('generate-images:changed', [update])
    return swappable
  }
  // What no page can swap goes the way of any changed module: to whoever accepts it, else the page is loaded again.
  const reload = async (id: string) => {
    const { client } = server.environments
    const node = client.moduleGraph.getModuleById(id)
    if (node !== undefined) await client.reloadModule(node)
    else hot.send({ type: 'full-reload' })
  }
  const tell = (error: unknown) => {
    const payload = overlayOf(error)
    if (JSON.stringify(payload) === JSON.stringify(overlay)) return
    overlay = payload
    server.config.logger.error(`[generate-images] ${payload.err.message}`)
    // Vite keeps an error for the next page that is opened, which will run into it by itself.
    if (server.ws.clients.size > 0) hot.send(payload)
  }

  const turns = new Map<string, Promise<unknown>>()
  /** Works on a module one after the other: what begins later, and so sees more, is noted later. */
  const inTurn = <T>(id: string, work: () => Promise<T>): Promise<T> => {
    const done = (turns.get(id) ?? Promise.resolve()).then(work)
    turns.set(
      id,
      done.catch(() => {}),
    )
    return done
  }
  const make = async (id: string, inText: boolean): Promise<MadeModule> => {
    try {
      const made = await host.make(id, take)
      note(id, made, inText)
      return made
    } catch (error) {
      shown.set(id, { parts: shown.get(id)?.parts, failed: true, inText })
      overlay = overlayOf(error)
      throw error
    }
  }

  return {
    isWrong: () => textFailed || [...shown.values()].some(({ failed }) => failed),
    load: async (id) => (await inTurn(id, () => make(id, false))).code,
    make: (id) => inTurn(id, () => make(id, true)),
    async attempt(work) {
      try {
        return await work()
      } catch (error) {
        textFailed = true
        overlay = overlayOf(error)
        throw error
      }
    },
    async renew(pictures) {
      const { session, project } = await host.begun()
      const errors: unknown[] = [...session.mistakes().slice(0, 1)]
      let failed = false
      const renewOne = async (id: string) => {
        const before = shown.get(id)
        const isMeant =
          pictures === undefined || (before?.parts?.some(({ picture }) => pictures.has(picture)) ?? true)
        if (before === undefined || !isMeant) return
        // What nobody imports any more is shown by nobody.
        const isImported = nodesOf(id).some(({ importers }) => importers.size > 0)
        if (!before.inText && !isImported) return void shown.delete(id)
        try {
          const made = await host.make(id, take)
          failed ||= before.failed
          const changed = JSON.stringify(before.parts) !== JSON.stringify(made.parts)
          if (changed || before.failed) forget(id)
          if (!note(id, made, before.inText)) await reload(id)
        } catch (error) {
          if (isGone(error, project.settings.root) && session.mistakes().length === 0)
            return void shown.delete(id)
          forget(id)
          errors.unshift(error)
        }
      }
      await Promise.all([...shown.keys()].map((id) => inTurn(id, () => renewOne(id))))
      if (errors.length > 0) return tell(errors[0])
      if (overlay !== undefined) hot.send('generate-images:mended', {})
      overlay = undefined
      if (failed || textFailed) hot.send({ type: 'full-reload' })
      textFailed = false
    },
  }
}

/** Whether an error is that of a specifier which its file had before, and no scan has seen there since: it has no line. */
function isGone(error: unknown, root: string): boolean {
  const [place] = (error as Partial<GenerateImagesError>).places ?? []
  return place !== undefined && place.line === undefined && existsSync(join(root, place.file))
}
