import { base64, type Desk, MARK, type Spoiled, seconds, settings } from './answer.ts'
import type { Order } from './order.ts'
import { develop, type Print } from './studio.ts'

/**
 * The events of a streamed answer (SSE), as text: for each picture its partial ones, then the finished one. Partial
 * pictures are made as they are asked for; a spoiled stream without pictures has no events.
 */
export async function* events(
  order: Order,
  prints: readonly Print[],
  desk: Desk,
  spoiled: Spoiled = {},
): AsyncGenerator<string> {
  const { usage, ...look } = settings(order) as { usage: object }
  for (const print of spoiled.empty ? [] : prints) {
    const { bytes, previews } = await develop(print, desk.picture, order.partials)
    const picture = (of: Uint8Array) => ({
      b64_json: base64(of, spoiled, order.format),
      created_at: seconds(desk.now),
      ...look,
    })
    for (const [partial_image_index, preview] of previews.entries()) {
      yield event('image_generation.partial_image', { partial_image_index, ...picture(preview) })
    }
    yield event('image_generation.completed', { ...picture(bytes), ...MARK, usage })
  }
}

function event(type: string, data: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`
}

/** Bytes of text parts as they come; `left` is called when nobody reads on. */
export function streamOf(parts: AsyncIterable<string>, left: () => void): ReadableStream<Uint8Array> {
  const iterator = parts[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(Buffer.from(value))
    },
    async cancel() {
      left()
      await iterator.return?.()
    },
  })
}
