import { randomUUID } from 'node:crypto'
import { LostConnection } from './break.ts'
import { answerControl } from './control.ts'
import { createFaultQueue } from './fault-queue.ts'
import type { FaultQueue } from './faults.ts'
import { createFiles } from './files.ts'
import { generate } from './generate.ts'
import type { LedgerEntry } from './ledger.ts'
import { describeModel, listModels } from './list-models.ts'
import { checkOptions, type EmulatorOptions, settle } from './options.ts'
import { createRateLimit } from './rate-limit.ts'
import { badRequest, type Refusal, unauthorized } from './refusals.ts'
import { html, json, refused } from './replies.ts'
import { isImagesPost, type SeenRequest, seen } from './seen-requests.ts'
import { createTakes } from './studio.ts'

/** An image API that costs nothing. */
export interface Emulator {
  /** Answers a request as the API would. Rejects where a fault breaks the connection. */
  fetch(request: Request): Promise<Response>
  /** Every request that reached a model, or was kept from one by a fault; refused requests are not in it. */
  readonly ledger: readonly LedgerEntry[]
  /** Every POST to an images endpoint, refused ones too. */
  readonly requests: readonly SeenRequest[]
  /** Downloads from `/files/` that came with an Authorization header, and were refused for it. */
  readonly authorizationsAtFiles: number
  readonly faults: FaultQueue
  /** Forgets everything: ledger, requests, faults, links, takes, rate. */
  reset(): void
}

/** Makes an emulator. Throws BAD_OPTION or UNKNOWN_OPTION. */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  checkOptions(options)
  const { apiKey, flavor, picture, latencyMs, imagesPerMinute, now } = settle(options)
  const ledger: LedgerEntry[] = []
  const requests: SeenRequest[] = []
  const { queue, take } = createFaultQueue()
  const files = createFiles(picture, now)
  const takes = createTakes()
  const rate = createRateLimit(imagesPerMinute, now)
  const house = { ledger, files, takes, rate, takeFault: take, picture, now, latencyMs, imagesPerMinute }

  const emulator: Emulator = {
    ledger,
    requests,
    get authorizationsAtFiles() {
      return files.authorizations
    },
    faults: queue,
    reset() {
      ledger.length = 0
      requests.length = 0
      for (const part of [queue, files, takes, rate]) part.clear()
    },
    async fetch(request) {
      const id = `req_${randomUUID().replaceAll('-', '')}`
      const started = now()
      const response = await route(request, id).catch((error: unknown) => {
        if (error instanceof LostConnection || request.signal.aborted) throw error
        return refused(broken(error), flavor, id)
      })
      const stamps = {
        'x-request-id': id,
        'openai-processing-ms': String(Math.max(0, Math.round(now() - started))),
        'openai-version': '2020-10-01',
        server: 'unplugin-generate-images-emulator',
        ...rate.headers(),
      }
      for (const [name, value] of Object.entries(stamps)) response.headers.set(name, value)
      return response
    },
  }
  return emulator

  async function route(request: Request, id: string): Promise<Response> {
    const { pathname, origin } = new URL(request.url)
    const refuse = (refusal: Refusal) => refused(refusal, flavor, id)
    if (pathname.startsWith('/__emulator/')) return answerControl(request, pathname, emulator)
    if (pathname.startsWith('/files/')) return files.get(request)
    const body = isImagesPost(request, pathname) ? await request.text() : undefined
    if (body !== undefined) {
      requests.push({ id, at: new Date(now()).toISOString(), path: pathname, ...seen(request, body) })
    }
    const tidy = pathname.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1')
    if (tidy !== pathname) return new Response(null, { status: 301, headers: { location: tidy } })
    if (!pathname.startsWith('/v1/')) return website()

    const key = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
    if (key === undefined || (apiKey !== undefined && key !== apiKey)) return refuse(unauthorized(key))
    const call = `${request.method} ${pathname}`
    if (call === 'POST /v1/images/generations') {
      return generate(body ?? '', id, request.signal, { ...house, refuse, origin })
    }
    if (call === 'GET /v1/models') return json(200, listModels())
    if (call.startsWith('GET /v1/models/')) {
      return describeModel(decodeURIComponent(pathname.slice('/v1/models/'.length)), refuse)
    }
    if (flavor === 'cometapi') return website()
    const known = pathname === '/v1/images/generations' || pathname.startsWith('/v1/models')
    return refuse({
      ...badRequest(`Invalid ${known ? 'method for URL' : 'URL'} (${call})`, null, null),
      status: known ? 405 : 404,
    })
  }
}

// A mistake of the emulator itself, in words that send nobody looking in the client.
function broken(error: unknown): Refusal {
  const message = `The emulator itself failed: ${error instanceof Error ? error.message : String(error)}`
  return { status: 500, message, type: 'emulator_error', param: null, code: null }
}

// A wrong path gets the provider's web site, with status 200.
function website(): Response {
  return html(
    200,
    '<title>Image API emulator</title><h1>Image API emulator</h1><p>The API is under <code>/v1</code>, its ledger at <a href="/__emulator/ledger">/__emulator/ledger</a>.</p>',
  )
}
