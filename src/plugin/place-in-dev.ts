// Places files in a dev server: an address is known at once, the file is made when the browser asks for it. What is
// served is what a module of this server referred to, and nothing else: a request can't ask for other work.
//
// An address stays the same for the life of the server: the module, the picture and the file's place in it name it, and
// the query alone (`?v=…`) follows what is shown. The query is there for browsers, which show a new address and not an
// old one again; nothing here reads it. So a framework that renders an old value once more gets the picture as it is now.
// No query comes back: a page may have asked for one and been given what came meanwhile, and would take that for it.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { parse } from 'node:path'
import type { Project } from '../config/project.ts'
import type { WantedRendition } from '../pipeline/renditions.ts'
import { markStale } from '../render/stale-mark.ts'
import { EXTENSION } from '../spec/specs.ts'
import type { Holding } from '../store/index.ts'
import { createBuildPlacer } from './place-in-build.ts'
import type { Placer } from './placer.ts'
import { DEV_FILES } from './specifiers.ts'

const TYPES = { avif: 'image/avif', webp: 'image/webp', jpeg: 'image/jpeg', png: 'image/png' } as const
const SVG = 'image/svg+xml'
/** Bytes of an original; libraries refuse an SVG with more in one attribute. */
const MARKED_MAX = 6e6

/** What addresses stand for: by the id of their spot, then by name. */
export type ServedFiles = Map<string, Map<string, Served>>

interface Served {
  readonly name: string
  /** Another one for other bytes; the same ones may have it again. */
  readonly content: string
  /** How often its spot has shown something else before. */
  readonly turn: number
  /** Never the same again, once something else was shown. */
  readonly version: string
  read(): Promise<{ readonly type: string; readonly body: string | Buffer }>
}

/** A placer and the handler of the addresses that it gave out. */
export interface DevPlacer {
  readonly placer: Placer
  /** Where every address that was given out for a spot leads: from `id/name` to `id/name?v=version`. */
  current(id: string): Readonly<Record<string, string>>
  /** Answers a request for one of the files; `false` where it is for something else. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<boolean>
}

/** Where a dev placer serves. */
export interface DevPlaces {
  readonly base: string
  /** What addresses begin with: the server's origin, if one is set, and its base. */
  readonly prefix: string
  /** Of the placers before it too: a page that is open still uses their addresses. */
  readonly served: ServedFiles
}

/** A placer of a dev server. */
export function createDevPlacer(project: Project, { base, prefix, served }: DevPlaces): DevPlacer {
  const files = createBuildPlacer(project)
  const place = (
    id: string,
    list: readonly (Pick<Served, 'content' | 'read'> & { stem: string; extension: string })[],
  ) => {
    const now = new Map<string, Served>()
    const before = [...(served.get(id)?.values() ?? [])]
    const isOther = before.length > 0 && list.some(({ content }, at) => content !== before[at]?.content)
    const turn = (before[0]?.turn ?? 0) + (isOther ? 1 : 0)
    const addresses = list.map(({ stem, extension, content, read }) => {
      const version = turn === 0 ? content : `${content}_${turn}`
      let name = encodeURIComponent(`${stem}.${extension}`)
      // Two of one width and of different heights.
      while (now.has(name)) name = `_${name}`
      now.set(name, { name, content, turn, version, read })
      return `${prefix}${DEV_FILES}${id}/${name}?v=${version}`
    })
    // A file that a layout has no longer: its address is given out, and shows what is nearest to it, the largest.
    const last = [...now.values()].at(-1)!
    for (const name of served.get(id)?.keys() ?? []) if (!now.has(name)) now.set(name, last)
    served.set(id, now)
    return addresses
  }
  const bytesOf = async (original: Holding, wanted: WantedRendition) => {
    const [file] = await project.renditions.ensure(original, [wanted])
    return { type: TYPES[wanted.spec.format], body: await readFile(file!.file) }
  }
  const markedOf = async (original: Holding, wanted: WantedRendition) => {
    const { type, body } = await bytesOf(original, wanted)
    return { type: SVG, body: markStale({ ...wanted.spec, bytes: body, type }) }
  }

  const placer: Placer = {
    renditions: async (original, wanted, _, { id, stale }) =>
      place(
        id,
        wanted.map((one) => ({
          stem: one.stem,
          extension: EXTENSION[one.spec.format],
          content: short(stale ? `stale ${one.spec.key}` : one.spec.key),
          read: () => (stale ? markedOf(original, one) : bytesOf(original, one)),
        })),
      ),
    drafts: async (drafts, _, { id }) =>
      place(
        id,
        drafts.map((draft) => ({
          stem: draft.stem,
          extension: EXTENSION[draft.format],
          content: short(draft.version),
          read: async () => ({ type: SVG, body: draft.svg }),
        })),
      ),
    async original(file, spot) {
      const { bytes = 0, type = 'png', width = 0, height = 0 } = spot.stale?.record.original ?? {}
      if (spot.stale === undefined || bytes > MARKED_MAX) return files.original(file, spot)
      const svg = markStale({ bytes: await readFile(file), type: TYPES[type], width, height })
      return files.draftOriginal(
        { svg, stem: parse(file).name, format: type, width, height, version: svg },
        spot,
      )
    },
    weight: files.weight,
    draftOriginal: files.draftOriginal,
  }

  return {
    placer,
    current(id) {
      const known = [...(served.get(id) ?? [])]
      return Object.fromEntries(
        known.map(([name, now]) => [`${id}/${name}`, `${id}/${now.name}?v=${now.version}`]),
      )
    },
    async serve(request, response) {
      const path = (request.url ?? '').split('?')[0]!
      const start = base + DEV_FILES
      if (!path.startsWith(start)) return false
      const [id = '', name = '', ...more] = path.slice(start.length).split('/')
      const found = more.length > 0 ? undefined : served.get(id)?.get(name)
      if (found === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
        response.writeHead(found === undefined ? 404 : 405, { 'content-type': 'text/plain' })
        response.end(
          found === undefined ? 'No module of this server refers to this file. Reload the page.\n' : '',
        )
        return true
      }
      const etag = `"${found.version}"`
      const headers = {
        // The bytes behind an address change, and every browser that has them asks whether they did.
        ...{ 'cache-control': 'no-cache', etag, 'x-content-type-options': 'nosniff' },
        // An SVG that is opened by itself may run nothing.
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      }
      if (request.headers['if-none-match'] === etag) {
        response.writeHead(304, headers).end()
        return true
      }
      const { type, body } = await found.read()
      response.writeHead(200, {
        ...{ 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers },
      })
      response.end(request.method === 'HEAD' ? undefined : body)
      return true
    },
  }
}

const short = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)
