// Places files in a dev server: an address is known at once, the file is made when the browser asks for it. What is
// served is what a module of this server referred to, and nothing else: a request can't ask for other work.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Project } from '../config/project.ts'
import type { WantedRendition } from '../pipeline/renditions.ts'
import { EXTENSION } from '../spec/specs.ts'
import type { Holding } from '../store/index.ts'
import { createBuildPlacer } from './place-in-build.ts'
import type { Placer } from './placer.ts'

/** Where the files of a dev server live, below its base. */
export const DEV_FILES = '__generate-images/files/'

const TYPES = { avif: 'image/avif', webp: 'image/webp', jpeg: 'image/jpeg', png: 'image/png' } as const

/** What addresses stand for, by their id. */
export type ServedFiles = Map<string, Served>

type Served =
  | { readonly kind: 'rendition'; readonly original: Holding; readonly wanted: WantedRendition }
  | { readonly kind: 'draft'; readonly svg: string }

/** A placer and the handler of the addresses that it gave out. */
export interface DevPlacer {
  readonly placer: Placer
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
  const addressOf = (id: string, name: string, what: Served) => {
    served.set(id, what)
    return `${prefix}${DEV_FILES}${id}/${encodeURIComponent(name)}`
  }
  const files = createBuildPlacer(project)

  const placer: Placer = {
    renditions: async (original, wanted) =>
      wanted.map((one) => {
        const name = `${one.stem}.${EXTENSION[one.spec.format]}`
        return addressOf(one.spec.key, name, { kind: 'rendition', original, wanted: one })
      }),
    drafts: async (drafts) =>
      drafts.map(({ svg, stem }) => {
        const id = createHash('sha256').update(svg).digest('hex')
        return addressOf(id, `${stem}.svg`, { kind: 'draft', svg })
      }),
    original: files.original,
    weight: files.weight,
    draftOriginal: files.draftOriginal,
  }

  return {
    placer,
    async serve(request, response) {
      const path = (request.url ?? '').split('?')[0]!
      const start = base + DEV_FILES
      if (!path.startsWith(start)) return false
      const found = served.get(path.slice(start.length).split('/')[0]!)
      if (found === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
        response.writeHead(found === undefined ? 404 : 405, { 'content-type': 'text/plain' })
        response.end(
          found === undefined ? 'No module of this server refers to this file. Reload the page.\n' : '',
        )
        return true
      }
      const type = found.kind === 'draft' ? 'image/svg+xml' : TYPES[found.wanted.spec.format]
      const body = found.kind === 'draft' ? found.svg : await renditionOf(found, project)
      // The id is made of everything that decides the bytes, so they never change.
      response.writeHead(200, {
        ...{ 'content-type': type, 'content-length': Buffer.byteLength(body) },
        ...{ 'cache-control': 'max-age=31536000, immutable', 'x-content-type-options': 'nosniff' },
        // An SVG that is opened by itself may run nothing.
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      })
      response.end(request.method === 'HEAD' ? undefined : body)
      return true
    },
  }
}

async function renditionOf(found: Served & { kind: 'rendition' }, project: Project): Promise<Buffer> {
  const [file] = await project.renditions.ensure(found.original, [found.wanted])
  return readFile(file!.file)
}
