// Broken connections, as a web Response can show them: a body that errors, a body that never ends, a fetch that fails.
// The server turns each into what a socket does.

/** The failure of a connection that is gone, in the form in which fetch reports it. */
export class LostConnection extends TypeError {
  constructor() {
    super('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) })
  }
}

/** Resolves never; rejects when the client goes away. */
export function forever(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/** An answer that promises a body and sends none. */
export function silent(type: string, signal: AbortSignal): Response {
  const body = new ReadableStream({
    start: (controller) =>
      signal.addEventListener('abort', () => controller.error(signal.reason), { once: true }),
  })
  return new Response(body, { headers: { 'content-type': type } })
}

/** The first half of a body; then the connection is gone. */
export function cut(bytes: Uint8Array, type: string): Response {
  let sent = false
  const body = new ReadableStream(
    {
      pull(controller) {
        if (sent) return controller.error(new LostConnection())
        controller.enqueue(bytes.subarray(0, bytes.length >> 1))
        sent = true
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers: { 'content-type': type, 'content-length': String(bytes.length) } })
}
