// A gallery that is really served, and somebody who uses it as its page does.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request as send } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { onTestFinished } from 'vitest'
import type { Project } from '../../src/config/project.ts'
import { createGallery, type Gallery } from '../../src/gallery/gallery.ts'
import {
  CALLS,
  type CallName,
  type Calls,
  type GalleryEvent,
  type Listing,
  type PictureDetails,
  READS,
  type Refusal,
  TOKEN_HEADER,
  TOKEN_MARK,
  TOKEN_META,
} from '../../src/gallery/protocol.ts'
import { serveGallery } from '../../src/gallery/server.ts'
import { startPaidApi, type TestApi } from '../support/api.ts'
import { createSite, type Files, type Site, type SiteOptions } from '../support/site.ts'

/** An answer as it came. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** What a request is made of. */
export interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

/** A gallery, its project and its API. */
export interface Scene {
  readonly site: Site
  readonly api: TestApi
  readonly project: Project
  readonly gallery: Gallery
  /** Of the page. */
  readonly url: string
  readonly token: string
  /** Sends bytes as they are given; nothing is added but the host. */
  raw(path: string, sent?: Sent): Promise<Answer>
  list(): Promise<Listing>
  details(name: string): Promise<PictureDetails>
  /** A call as the page makes it. */
  call<C extends Exclude<CallName, 'adopt'>>(
    name: C,
    body: Calls[C]['body'],
  ): Promise<{ status: number; value: Calls[C]['answer'] & Partial<Refusal> }>
  adopt(
    name: string,
    bytes: Buffer,
    type?: string,
  ): Promise<{ status: number; value: PictureDetails & Refusal }>
  /** Says yes to what is offered, and waits for the run to end. */
  make(names?: readonly string[]): Promise<void>
  /** What the event stream says from here on. */
  listen(): Promise<{ readonly events: GalleryEvent[]; close(): void }>
}

/** The page of these tests: where its token stands is all that counts. */
const PAGE = `<!doctype html><meta name="${TOKEN_META}" content="${TOKEN_MARK}"><script src="page.js"></script>`

/** Serves the gallery of a project of these files. */
export async function startScene(files: Files, options: SiteOptions = {}): Promise<Scene> {
  const api = await startPaidApi()
  const site = await createSite(files, api.baseURL, options)
  const project = await site.open()
  const folder = await mkdtemp(join(tmpdir(), 'page-'))
  await writeFile(join(folder, 'index.html'), PAGE)
  await writeFile(join(folder, 'page.js'), 'export {}')
  const gallery = createGallery({ project, page: pathToFileURL(`${folder}/`) })
  const server = await serveGallery(gallery, 0)
  onTestFinished(async () => {
    await server.close()
    await project.close()
    await rm(folder, { recursive: true })
  })
  const { url } = server
  const raw: Scene['raw'] = (path, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const address = new URL(path, url)
      const outgoing = send(
        { host: '127.0.0.1', port: address.port, path: address.pathname + address.search, method, headers },
        (incoming) => {
          incoming.toArray().then(
            (parts) =>
              resolve({
                status: incoming.statusCode!,
                headers: incoming.headers,
                body: Buffer.concat(parts),
              }),
            reject,
          )
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  const html = String((await raw('')).body)
  const token = new RegExp(`name="${TOKEN_META}" content="([^"]*)"`).exec(html)![1]!
  const post = async (path: string, body: string | Buffer, type: string) => {
    const { origin } = new URL(url)
    const headers = { 'content-type': type, [TOKEN_HEADER]: token, origin, 'sec-fetch-site': 'same-origin' }
    const answer = await raw(path, { method: 'POST', headers, body })
    return { status: answer.status, value: JSON.parse(String(answer.body)) }
  }
  const read = async <T>(path: string): Promise<T> => JSON.parse(String((await raw(path)).body))
  const scene: Scene = {
    ...{ site, api, project, gallery, url, token, raw },
    list: () => read(READS.list),
    details: (name) => read(`${READS.picture}?name=${encodeURIComponent(name)}`),
    call: (name, body) => post(CALLS[name], JSON.stringify(body), 'application/json'),
    adopt: (name, bytes, type = 'image/png') =>
      post(`${CALLS.adopt}?name=${encodeURIComponent(name)}`, bytes, type),
    async make(names) {
      const some = names === undefined ? {} : { names }
      const offer = await scene.call('offer', { what: 'make', ...some })
      const made = await scene.call('make', { ...some, agreed: offer.value.agreed })
      if (made.status !== 200) throw new Error(JSON.stringify(made.value))
      await gallery.settled()
    },
    async listen() {
      const events: GalleryEvent[] = []
      const { port } = new URL(url)
      const outgoing = send({ host: '127.0.0.1', port, path: new URL(READS.events, url).pathname })
      await new Promise<void>((resolve, reject) => {
        outgoing.on('error', () => {})
        outgoing.once('error', reject)
        outgoing.on('response', (incoming) => {
          let rest = ''
          incoming.on('error', () => {})
          incoming.setEncoding('utf8').on('data', (text: string) => {
            const parts = (rest + text).split('\n\n')
            rest = parts.pop()!
            for (const part of parts)
              if (part.startsWith('data: ')) events.push(JSON.parse(part.slice('data: '.length)))
          })
          resolve()
        })
        outgoing.end()
      })
      const close = () => void outgoing.destroy()
      onTestFinished(close)
      return { events, close }
    },
  }
  return scene
}
