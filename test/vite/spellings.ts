// How a request may spell the address of a file that it is not to have: paths and queries that have led past `server.fs`
// at one time or another, as Vite's own tests know them, and each with a query of ours.
import { type Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ViteDevServer } from 'vite'

/** Other ways to write a path that begins with a slash. */
export function pathsOf(path: string): string[] {
  const at = path.lastIndexOf('/')
  const [folder, name] = [path.slice(0, at), path.slice(at + 1)]
  const encoded = (mark: string) =>
    Array.from(name, (letter) => mark + letter.charCodeAt(0).toString(16).padStart(2, '0')).join('')
  const endings = [
    ...['', '/', '/.', '/..', '//', '.', '%2f', '%2f.', '\\', '%5c', '%00', '%00.png', '%20', '::$DATA', ':'],
    ...[';.png', '#', '#.png', '#/../x.png', '%23.png', '%3fraw', '%3fimport%26raw', '&import', '&raw'],
  ]
  return [
    ...endings.map((ending) => path + ending),
    ...[
      '/',
      '/.',
      '/x/..',
      '/%2e',
      '/src/%2e%2e',
      '/src/%252e%252e',
      '/@vite/..',
      '/@id',
      '/@id/__x00__',
    ].map((start) => start + path),
    ...['/__x00__', '/node_modules/.vite/deps/../../..', 'http://127.0.0.1', 'http://evil.example'].map(
      (start) => start + path,
    ),
    ...['/src/..%2f', '/src/..%5c', '/src/..\\'].map((start) => start + path.slice(1)),
    ...['/./', '//', '%2f', '%5c', '\\', '/x/../'].map((between) => folder + between + name),
    `${folder}/${encoded('%')}`,
    `${folder}/${encoded('%25')}`,
    `${folder}/${name.toUpperCase()}`,
    // Vite takes this out of an address wherever it stands.
    `${folder}/${name.replace(/^\W*/, '$&t=1234567890123&')}`,
  ]
}

/** Ways to a file by its absolute path. */
export function absolutePathsOf(file: string): string[] {
  return [
    ...[
      '/@fs',
      '/@fs/',
      '//@fs',
      '/%40fs',
      '/@fs/.',
      '/@fs/tmp/..',
      '/@fs/tmp/%2e%2e',
      '/@id',
      '/@id/@fs',
    ].map((start) => start + file),
    ...['/@id/__x00__', '/@id/file://', '/@fs/file://', '/src/@fs', ''].map((start) => start + file),
    ...['/@fs%2f', '/@fs\\', '/@fs%5c'].map((start) => start + file.slice(1)),
  ]
}

/** Queries by which Vite gives a file in another shape. */
export const QUERIES: readonly string[] = [
  ...[
    '',
    '?raw',
    '?raw&',
    '?raw=',
    '?raw??',
    '??raw',
    '?&raw',
    '?%72aw',
    '?RAW',
    '?raw?import',
    '?raw&import',
  ],
  ...[
    '?import',
    '?import=',
    '?import&raw',
    '?import=&raw',
    '?import&raw??',
    '?import&raw?&',
    '?import&%72aw',
  ],
  ...['?url', '?url&import', '?import&url', '?import&url&inline', '?import&url&no-inline', '?inline'],
  ...[
    '?import&inline',
    '?import&no-inline',
    '?.svg?import',
    '?import&.svg',
    '?.svg?.wasm?init',
    '?.wasm?init',
  ],
  ...['?import&?inline=1.wasm?init', '?init', '?worker', '?import&worker&inline', '?import&worker&url'],
  ...[
    '?sharedworker',
    '?worker_file&type=module',
    '?html-proxy&index=0.js',
    '?html-proxy&inline-css&index=0.css',
  ],
  ...[
    '?direct',
    '?import&direct',
    '?.js',
    '?import&.js',
    '?lang.ts',
    '?.css',
    '?import&.css&inline',
    '?module',
  ],
  ...[
    '?vue&type=script&lang.js',
    '?v=12345678',
    '?t=1234567890123',
    '?t=1234567890123&import&raw',
    '?optimized',
  ],
]

/** Queries by which we are asked, or nearly. */
export const OURS: readonly string[] = [
  ...['generate', 'generate=', 'generate&as=original', 'generate&prompt=A+thing&as=original'],
  ...['generate&prompt=A+thing', 'generate&as=url&w=1', 'Generate', '%67enerate', 'generate%26as=original'],
  `generate&/.generate-images/${'0'.repeat(32)}/x.js`,
]

/** A query of Vite's with one of ours, at each place where it could stand. */
export function together(query: string, ours: string): string[] {
  if (query === '') return [`?${ours}`, `?x&${ours}`, `??${ours}`]
  return [`${query}&${ours}`, `?${ours}&${query.slice(1)}`, `?${ours}${query}`, `${query}?${ours}`]
}

/** What a server answered. */
export interface Answered {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Sends a request whose path goes out as it stands. */
export function send(
  { httpServer }: ViteDevServer,
  path: string,
  { body, ...options }: { method?: string; headers?: OutgoingHttpHeaders; agent?: Agent; body?: string } = {},
): Promise<Answered> {
  const { port } = httpServer!.address() as AddressInfo
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, ...options }, (answer) => {
      const { statusCode, headers } = answer
      answer.toArray().then((parts) => {
        resolve({ status: statusCode!, headers, body: Buffer.concat(parts) })
      }, reject)
    })
    sent.on('error', reject).end(body)
  })
}
