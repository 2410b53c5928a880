// Who may ask for what. Reads are for the gallery's own page and for a person who types its address; calls are for that
// page alone, on this machine alone, because they write and spend.
import { timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import { isLoopback } from '../api/address.ts'
import { createError } from '../errors/index.ts'
import { TOKEN_HEADER } from './protocol.ts'

/** What is known of whoever asks, beside the request. */
export interface Peer {
  /** Whether the connection comes from this machine. */
  readonly local: boolean
}

/** What a gallery's protection is made of. */
export interface ProtectionOptions {
  /** New for each server; the page alone is given it. */
  readonly token: string
  /** Names of this server beside those of this machine and plain addresses; one that begins with a dot is a domain. */
  readonly hosts: readonly string[]
}

/** The checks of a gallery. Each throws NOT_ALLOWED. */
export interface Protection {
  /** Of every request: the name that it was sent to. */
  host(request: Request): void
  /** Of the page itself, which a link may lead to. */
  page(request: Request): void
  /** Of everything else that is read. */
  read(request: Request): void
  /** Of everything that writes or spends. */
  call(request: Request, peer: Peer, type: RegExp): void
}

const refuse = (why: string) => createError('NOT_ALLOWED', { why })

/** Why nothing can be done from another machine. */
export const elsewhere = () =>
  refuse('it comes from another machine, from which the gallery can only be looked at')

/** See `Protection`. */
export function createProtection({ token, hosts }: ProtectionOptions): Protection {
  const read = (request: Request) => {
    // Programs send none; a browser says who asks, and no page can make it say otherwise.
    const site = request.headers.get('sec-fetch-site') ?? 'none'
    if (site !== 'same-origin' && site !== 'none') throw refuse('another site asks')
  }
  return {
    read,
    host(request) {
      // A name of somebody else's can be made to lead to this machine (DNS rebinding): a plain address can't.
      const { hostname } = new URL(request.url)
      const bare = hostname.replace(/^\[|\]$/g, '')
      if (isIP(bare) !== 0 || isLoopback(hostname)) return
      const known = hosts.some((host) =>
        host.startsWith('.') ? `.${hostname}`.endsWith(host.toLowerCase()) : hostname === host.toLowerCase(),
      )
      if (!known) throw refuse('it was sent to a name that is not this server’s')
    },
    page(request) {
      const mode = request.headers.get('sec-fetch-mode')
      const dest = request.headers.get('sec-fetch-dest')
      if (mode === 'navigate' && dest === 'document') return
      read(request)
    },
    call(request, { local }, type) {
      read(request)
      if (!local) throw elsewhere()
      const origin = request.headers.get('origin')
      if (origin === null || !URL.canParse(origin) || new URL(origin).host !== new URL(request.url).host)
        throw refuse('another page asks')
      if (!isSame(request.headers.get(TOKEN_HEADER) ?? '', token))
        throw refuse('the page is not of this server, which has started since')
      if (!type.test(request.headers.get('content-type') ?? ''))
        throw refuse('its body is of another type than its page sends')
    },
  }
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/**
 * The bytes of a request's body. Throws NOT_ALLOWED for more than `most`, before all of them are read.
 */
export async function bodyOf(request: Request, most: number): Promise<Buffer> {
  const tooLarge = () => refuse(`its body has more than ${most} bytes`)
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > most) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
