import { afterEach, expect, test } from 'vitest'
import { readReply } from '../../src/api/index.ts'
import { createEventReader, type PartialPicture } from '../../src/api/stream.ts'
import { askBoat, quickClient } from './support/client.ts'
import { json, type Scripted, type Step, serve, text, wire } from './support/server.ts'

let server: Scripted
afterEach(() => server?.close())

const sse = { 'content-type': 'text/event-stream; charset=utf-8', 'x-request-id': 'req_s' }
const png = Buffer.from(JSON.parse(wire('gpt-image-2.json')).data[0].b64_json, 'base64')

/** Asks for a stream against a script. */
async function streamed(step: Step, onPartial?: (partial: PartialPicture) => void) {
  server = await serve(step)
  const partials: PartialPicture[] = []
  const stream = { partialImages: 2, onPartial: onPartial ?? ((partial) => partials.push(partial)) } as const
  const reply = await askBoat(quickClient(`${server.origin}/v1`), { stream })
  return { reply, partials }
}

test('a stream gives its partial pictures, and an answer like any other', async () => {
  const { reply, partials } = await streamed(text(200, wire('stream.sse'), sse))
  if (!reply.ok) throw reply.error
  expect(JSON.parse(server.seen[0]?.body ?? '')).toMatchObject({ stream: true, partial_images: 2 })
  expect(partials).toEqual([
    { index: 0, bytes: png },
    { index: 1, bytes: png },
  ])
  expect(reply).toMatchObject({ contentType: 'application/json', requestId: 'req_s' })
  const read = readReply(reply.raw, reply.contentType)
  expect(read).toMatchObject({ ok: true, created: 1_795_305_601, usage: { output_tokens: 1756 } })
  expect(read.ok && read.pictures).toMatchObject([
    { kind: 'bytes', bytes: png, answer: { quality: 'medium' } },
  ])
})

test('a gateway that does not stream answers as ever', async () => {
  const { reply, partials } = await streamed(json(200, 'gpt-image-2.json'))
  expect(reply.ok && readReply(reply.raw, reply.contentType).ok).toBe(true)
  expect(partials).toEqual([])
})

test('a stream that breaks after its picture has given it', async () => {
  const body = wire('stream.sse')
  const untilPicture = body.slice(0, body.lastIndexOf('event: image_generation.partial_image'))
  const { reply } = await streamed((_, response) => {
    response.writeHead(200, sse)
    response.write(untilPicture, () => response.destroy())
  })
  expect(reply.ok && readReply(reply.raw, reply.contentType).ok).toBe(true)
})

test('a stream that breaks before its picture may have been billed', async () => {
  const body = wire('stream.sse')
  const { reply, partials } = await streamed((_, response) => {
    response.writeHead(200, sse)
    response.write(body.slice(0, body.indexOf('event: image_generation.completed')), () => response.destroy())
  })
  expect(reply).toMatchObject({ ok: false, class: 'unknown', billed: 'maybe', requestId: 'req_s' })
  expect(partials).toHaveLength(1)
  expect(server.seen).toHaveLength(1)
})

test('a stream that ends without a picture may have been billed', async () => {
  const { reply } = await streamed(text(200, 'event: error\ndata: {"error":{"message":"No."}}\n\n', sse))
  if (!reply.ok) throw reply.error
  expect(readReply(reply.raw, reply.contentType)).toMatchObject({
    ok: false,
    class: 'unknown',
    billed: 'maybe',
    error: { sentence: expect.stringContaining('a stream that holds no picture') },
  })
})

test("a listener's mistake does not cost the picture", async () => {
  const { reply } = await streamed(text(200, wire('stream.sse'), sse), () => {
    throw new Error('no')
  })
  expect(reply.ok).toBe(true)
})

test.each([1, 7, 1000])('events cut into pieces of %i bytes, with either line end', (size) => {
  for (const body of [wire('stream.sse'), wire('stream.sse').replaceAll('\n', '\r\n')]) {
    const indexes: number[] = []
    const reader = createEventReader(({ index }) => indexes.push(index))
    const bytes = Buffer.from(body)
    for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size))
    expect(indexes).toEqual([0, 1])
    expect(reader.answer()).toBeDefined()
  }
})
