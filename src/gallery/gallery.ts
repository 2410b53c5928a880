// The gallery: requests in, answers out. It knows the project and the page's protocol; who serves it (a dev server, the
// command line) and how bytes travel is not decided here.
import { randomBytes } from 'node:crypto'
import { createRedactor } from '../api/redact.ts'
import { keysOf } from '../api/secrets.ts'
import type { Project } from '../config/project.ts'
import { createError } from '../errors/index.ts'
import { nearest } from '../spec/nearest.ts'
import { createCallHandlers } from './call-handlers.ts'
import { createChanges } from './changes.ts'
import { detailsOf } from './details.ts'
import { createEvents } from './events.ts'
import { listingOf } from './listing.ts'
import { createPageFiles, withToken } from './page-files.ts'
import { createPictures } from './pictures.ts'
import { type OpenAddress, problemOf, refusalOf } from './problem.ts'
import { createProtection, elsewhere, type Peer } from './protection.ts'
import { CALLS, type CallName, GALLERY_PATH, type Listing, READS } from './protocol.ts'
import { createRuns } from './runs.ts'

/** What a gallery is made of. */
export interface GalleryOptions {
  readonly project: Project
  /** Names of the server beside those of this machine; one that begins with a dot is a domain. */
  readonly hosts?: readonly string[]
  /** The address (relative to the page) that opens a place in the person's editor. Unset: there is none. */
  readonly open?: OpenAddress
  /** Where the files of the page are. Unset: beside this module. */
  readonly page?: URL
}

/** A gallery. */
export interface Gallery {
  /** Answers a request to an address below `/__generate-images/`. Never rejects. */
  handle(request: Request, peer: Peer): Promise<Response>
  /** Ends when nothing is under way that is paid for. */
  settled(): Promise<void>
  /** Sends nothing more, waits for what is under way, and ends all streams. */
  close(): Promise<void>
}

/** The headers of everything: no page of others may show, load or guess it, and nothing from outside is loaded. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
}

/** See `Gallery`. */
export function createGallery({
  project,
  hosts = [],
  open = () => undefined,
  page,
}: GalleryOptions): Gallery {
  const token = randomBytes(32).toString('base64url')
  const clean = createRedactor(keysOf(project.settings.provider)).text
  const protection = createProtection({ token, hosts })
  const pictures = createPictures(project)
  const pageFile = createPageFiles(page)
  let version = 1
  const events = createEvents((listeners) => changes.watch(listeners > 0))
  const changed = () => events.send({ type: 'changed', version: ++version })
  const changes = createChanges(project, changed)
  const runs = createRuns((run) => {
    events.send({ type: 'run', run })
    if (run.state === 'ended') changed()
  }, open)
  const tools = { project, pictures, open }

  const { collect } = changes
  // Several pages that ask at once get one answer: the look at thousands of pictures takes a while.
  let listing: Promise<Listing> | undefined
  const list = () => {
    listing ??= (async () => {
      const seen = version
      const collection = await collect()
      const plan = await project.plan(collection)
      return listingOf(collection, plan, tools, { version: seen, runs: runs.list() })
    })().finally(() => {
      listing = undefined
    })
    return listing
  }
  const details = async (name: string) => {
    const collection = await collect()
    const found = await detailsOf(name, collection, tools)
    if (found !== undefined) return found
    throw createError('NO_SUCH_PICTURE', { name, nearest: nearest(name, collection.pictures.keys()) })
  }
  const calls = createCallHandlers({ ...tools, runs, collect, details, changed })

  const read = async (path: string, { searchParams }: URL, { local }: Peer): Promise<Response> => {
    if (path === READS.list) {
      const all = await list()
      return json(local ? all : { ...all, cannotSpend: problemOf(elsewhere(), open) })
    }
    if (path === READS.picture) return json(await details(searchParams.get('name') ?? ''))
    if (path === READS.events) {
      const first = runs.list().map((run) => ({ type: 'run', run }) as const)
      const stream = events.open([{ type: 'changed', version }, ...first])
      return answer(stream, { 'content-type': 'text/event-stream' })
    }
    let picture = await pictures.read(path)
    if (picture === undefined && /^(originals|thumbnails)\//.test(path)) {
      // The page may be older than this server.
      await list()
      picture = await pictures.read(path)
    }
    if (picture !== undefined)
      return answer(picture.bytes, {
        'content-type': picture.type,
        'cache-control': 'private, max-age=31536000, immutable',
      })
    const file = await pageFile(path)
    if (file === undefined) return notFound()
    return answer(file.text, { 'content-type': file.type })
  }

  const handle = async (request: Request, peer: Peer): Promise<Response> => {
    const url = new URL(request.url)
    protection.host(request)
    if (!url.pathname.startsWith(`/${GALLERY_PATH}`)) return notFound()
    const path = url.pathname.slice(GALLERY_PATH.length + 1)
    const call = (Object.keys(CALLS) as CallName[]).find((name) => CALLS[name] === path)
    if (call !== undefined) {
      if (request.method !== 'POST') return notAllowed('POST')
      protection.call(request, peer, calls.typeOf(call))
      const { status, value } = await calls.handle(call, request, url)
      return json(value, status)
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed('GET, HEAD')
    if (path === '') {
      protection.page(request)
      const html = await pageFile('index.html')
      // The token is for a page on this machine alone: none other may call.
      return answer(withToken(html?.text ?? '', peer.local ? token : ''), {
        'content-type': 'text/html; charset=utf-8',
      })
    }
    protection.read(request)
    return read(path, url, peer)
  }

  return {
    settled: () => runs.settled(),
    async handle(request, peer) {
      try {
        return await handle(request, peer)
      } catch (error) {
        const { refusal, status } = refusalOf(error, open, clean)
        return json(refusal, status)
      }
    },
    async close() {
      for (const { id, state } of runs.list()) if (state !== 'ended') runs.stop(id)
      await runs.settled()
      changes.watch(false)
      events.close()
    },
  }
}

function answer(
  body: string | Uint8Array | ReadableStream<Uint8Array>,
  headers: Record<string, string>,
  status = 200,
): Response {
  return new Response(body as ConstructorParameters<typeof Response>[0], {
    status,
    headers: { ...HEADERS, ...headers },
  })
}

const json = (value: unknown, status = 200) =>
  answer(JSON.stringify(value), { 'content-type': 'application/json; charset=utf-8' }, status)

const notFound = () => answer('Not found\n', { 'content-type': 'text/plain' }, 404)

const notAllowed = (allow: string) =>
  answer('Method not allowed\n', { 'content-type': 'text/plain', allow }, 405)
