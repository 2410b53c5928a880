import { randomBytes, randomUUID } from 'node:crypto'
import { text } from './replies.ts'
import { develop, type Print, TYPES } from './studio.ts'

/** Pictures that were answered as a `url`: kept as prints, and painted again whenever they are fetched. */
export interface Files {
  /** Puts a print on the shelf and gives its address below `origin`; its first `fails` downloads end in `failStatus`. */
  add(origin: string, print: Print, trouble?: Trouble): string
  /** Answers `GET /files/…`. */
  get(request: Request): Promise<Response>
  /** How many downloads came with an Authorization header: each told a key to a stranger. */
  readonly authorizations: number
  clear(): void
}

/** What is wrong with a file. */
export interface Trouble {
  readonly fails?: number
  readonly failStatus?: number
  readonly bytes?: Uint8Array
}

// An hour, as dall-e's.
const LIFETIME = 3_600_000
// Far more than anybody fetches late; keeps a long-lived emulator small.
const SHELF = 10_000

/** Makes an empty shelf on the given clock, in milliseconds. */
export function createFiles(picture: 'scene' | 'flat', now: () => number): Files {
  const shelf = new Map<
    string,
    { print: Print; signature: string; until: number; fails: number; trouble: Trouble }
  >()
  let authorizations = 0
  return {
    add(origin, print, trouble = {}) {
      const id = `img-${randomUUID()}.${print.order.format}`
      const signature = randomBytes(24).toString('base64url')
      const until = now() + LIFETIME
      shelf.set(id, { print, signature, until, fails: trouble.fails ?? 0, trouble })
      if (shelf.size > SHELF) shelf.delete(shelf.keys().next().value!)
      const address = new URL(`/files/${id}`, origin)
      address.search = String(new URLSearchParams({ se: new Date(until).toISOString(), sig: signature }))
      return String(address)
    },
    async get(request) {
      const { pathname, searchParams } = new URL(request.url)
      if (request.headers.has('authorization')) {
        authorizations++
        return denied(
          400,
          'InvalidAuthenticationInfo',
          'Authentication information is not given in the correct format.',
        )
      }
      const file = shelf.get(pathname.slice('/files/'.length))
      if (file === undefined) return denied(404, 'BlobNotFound', 'The specified blob does not exist.')
      if (searchParams.get('sig') !== file.signature || now() >= file.until) {
        return denied(
          403,
          'AuthenticationFailed',
          'Server failed to authenticate the request. The signature is wrong or has expired.',
        )
      }
      if (file.fails > 0) {
        file.fails--
        return denied(
          file.trouble.failStatus ?? 503,
          'ServerBusy',
          'The server is currently unable to receive requests. Please retry your request.',
        )
      }
      const bytes = file.trouble.bytes ?? (await develop(file.print, picture)).bytes
      return text(200, bytes, TYPES[file.print.order.format])
    },
    get authorizations() {
      return authorizations
    },
    clear() {
      shelf.clear()
      authorizations = 0
    },
  }
}

// The shape of the blob store behind dall-e's links.
function denied(status: number, code: string, message: string): Response {
  return text(
    status,
    `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    'application/xml',
  )
}
