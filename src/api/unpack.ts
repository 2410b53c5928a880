import { decodeBase64 } from './base64.ts'
import { parseJson } from './json.ts'
import { liftPictures } from './lift.ts'
import type { Memory } from './memory.ts'
import { answerSchema } from './wire.ts'

/** An answer in parts that can be written down one by one. */
export interface Unpacked {
  /** Its JSON to the byte, but for the letters of `pictures`; `readReply` reads both together. */
  readonly body: Uint8Array
  /** The pictures that came as base64, by their place in the answer. */
  readonly pictures: ReadonlyMap<number, Uint8Array>
}

/**
 * Turns the base64 of an answer into the pictures' own bytes, which are nearly all of it and need be written but once.
 * `lend` gives the memory for them. `undefined` where there are none, or where anything is out of the ordinary: then the
 * answer is to be kept as it came. Never throws: it is paid for and not on the disk yet.
 */
export function unpackAnswer(raw: Uint8Array, lend?: Memory['lend']): Unpacked | undefined {
  try {
    return unpack(raw, lend)
  } catch {
    return undefined
  }
}

function unpack(raw: Uint8Array, lend?: Memory['lend']): Unpacked | undefined {
  const { json, count, rest, textOf } = liftPictures(raw)
  const answer = count === 0 ? undefined : answerSchema.safeParse(parseJson(json)).data
  if (answer === undefined) return undefined
  const pictures = new Map<number, Uint8Array>()
  for (const [index, { b64_json = '' }] of answer.data.entries()) {
    const letters = textOf(b64_json)
    const bytes = typeof letters === 'string' ? undefined : decodeBase64(letters, lend)
    if (bytes !== undefined) pictures.set(index, bytes)
  }
  return pictures.size === count ? { body: rest(), pictures } : undefined
}
