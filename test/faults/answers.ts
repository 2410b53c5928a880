// What a server can do to a request that it has billed: one line each.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from '../../src/emulator/index.ts'
import type { Answer, Post } from './server.ts'

/** As it should be. */
export const whole: Answer = async (post) => post.send(await post.good())

/** As the emulator does it: refusals and statuses cost what they cost there. */
export const emulated =
  (fault: Fault, emulator: { faults: { order(fault: Fault): void } }): Answer =>
  (post) => {
    emulator.faults.order(fault)
    return post.emulate()
  }

/** Billed, and then something else than the answer is sent. */
export const instead =
  (spoil: (good: string) => string | Uint8Array, headers?: Record<string, string>, status?: number): Answer =>
  async (post) =>
    post.send(spoil(await post.good()), headers, status)

/** Billed, with other bytes in place of the picture's. */
export const withBytes = (bytes: Uint8Array): Answer =>
  instead((good) => withItem(good, { b64_json: Buffer.from(bytes).toString('base64') }))

/** Billed, with a link in place of the picture; `address` may lead elsewhere than to the server's own link. */
export const withLink =
  (address: (own: string) => string = (own) => own): Answer =>
  async (post) => {
    const { data } = JSON.parse(await post.good())
    const own = post.link(Buffer.from(data[0].b64_json, 'base64'))
    post.send(withItem(await post.good(), { url: address(own) }))
  }

function withItem(good: string, item: object): string {
  return JSON.stringify({ ...JSON.parse(good), data: [item] })
}

/** Billed; `then` is called, and the answer waits for it. */
export const during =
  (then: (post: Post) => unknown, answer: Answer = whole): Answer =>
  async (post) => {
    await post.good()
    await then(post)
    await answer(post)
  }

/** Billed, and answered late. */
export const late = (ms: number): Answer => during(() => sleep(ms))

export const hang: Answer = (post) => post.good()
export const reset: Answer = async (post) => {
  await post.good()
  post.request.socket.resetAndDestroy()
}
export const hangUp: Answer = async (post) => {
  await post.good()
  post.request.socket.destroy()
}

/** Billed; the whole body goes out, and the connection is lost before it is said to be the end. */
export const unended: Answer = async (post) => {
  const body = await post.good()
  post.response.writeHead(200, { 'content-type': 'application/json' })
  post.response.write(body, () => post.response.destroy())
}
/** Billed; what comes back is no HTTP. */
export const otherProtocol: Answer = async (post) => {
  await post.good()
  post.request.socket.end('220 mail.example.test ESMTP\r\n')
}

/** Billed; the headers and `share` of the body go out, then `end` happens. */
export const partly =
  (share: number, end: (post: Post) => unknown = () => {}): Answer =>
  async (post) => {
    const body = await post.good()
    post.response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
    post.response.flushHeaders()
    if (share > 0)
      await new Promise<void>((done) => post.response.write(body.slice(0, body.length * share), () => done()))
    await end(post)
  }

/** Billed; one byte every `ms`, for ever. */
export const drip = (ms: number): Answer =>
  partly(0.01, ({ response }) => {
    const timer = setInterval(() => response.write(' '), ms)
    response.on('close', () => clearInterval(timer))
  })

/** Billed; a body that never ends, as fast as the line takes it. */
export const flood: Answer = async (post) => {
  await post.good()
  post.response.writeHead(200, { 'content-type': 'application/json' })
  pour(post.response)
}

/** Writes until nobody reads any more. */
export function pour(response: Post['response']): void {
  const block = Buffer.alloc(1 << 20, 32)
  const more = () => {
    while (!response.destroyed && response.write(block));
  }
  response.on('drain', more)
  more()
}

/** Not billed: an answer of one's own. */
export const refuse =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  ({ response }) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
