import { type StreamEvent, streamEventSchema } from './wire.ts'

/** A picture on its way. */
export interface PartialPicture {
  /** Counts from 0. */
  readonly index: number
  readonly bytes: Uint8Array
}

/** Reads an event stream piece by piece. */
export interface EventReader {
  push(chunk: Uint8Array): void
  /** The whole answer, once the last event has come: the same JSON as an answer that was not streamed. */
  answer(): Uint8Array | undefined
}

/** The empty line between two events. */
const gap = /\r?\n\r?\n/

/** Makes the reader of one stream. Events that are not known, and pieces that are no JSON, are passed over. */
export function createEventReader(onPartial: (partial: PartialPicture) => void): EventReader {
  const decoder = new TextDecoder()
  // Pieces since the last whole event; joined only when an event ends in them, because one may be tens of MB.
  let pieces: string[] = []
  let tail = ''
  let completed: (StreamEvent & { type: 'image_generation.completed' }) | undefined

  function take(block: string): void {
    const event = parseEvent(block)
    if (event?.type === 'image_generation.completed') completed = event
    if (event?.type === 'image_generation.partial_image') {
      tell({ index: event.partial_image_index, bytes: Buffer.from(event.b64_json, 'base64') })
    }
  }

  function tell(partial: PartialPicture): void {
    try {
      onPartial(partial)
    } catch {
      // A listener's mistake must not cost the picture that is on its way and paid for.
    }
  }

  return {
    push(chunk) {
      const text = decoder.decode(chunk, { stream: true })
      pieces.push(text)
      const seam = tail + text
      tail = seam.slice(-3)
      if (!gap.test(seam)) return
      const blocks = pieces.join('').split(gap)
      pieces = blocks.splice(-1)
      blocks.forEach(take)
    },
    answer() {
      if (completed === undefined) take(pieces.join(''))
      if (completed === undefined) return undefined
      const { type: _, b64_json, created_at, ...settings } = completed
      return Buffer.from(JSON.stringify({ created: created_at, data: [{ b64_json }], ...settings }))
    },
  }
}

function parseEvent(block: string): StreamEvent | undefined {
  const data = block
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).trimStart())
    .join('\n')
  try {
    return streamEventSchema.safeParse(JSON.parse(data)).data
  } catch {
    return undefined
  }
}
