// Pictures are nearly all of an answer. They are lifted out of its JSON before that is parsed, because a string of tens
// of MB is slow to make and takes memory as long as the answer is looked at.
import { randomUUID } from 'node:crypto'

const FIELD = Buffer.from('"b64_json"')
const SHORTEST = 4096
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** JSON, and the texts that were lifted out of it. */
export interface Lifted {
  readonly json: string
  /** How many texts were lifted. */
  readonly count: number
  /** The JSON with nothing in the place of what was lifted, to the byte. */
  rest(): Uint8Array
  /** What a text stands for: the letters that were lifted, one a byte; any other text as it is. */
  textOf(text: string): string | Buffer
}

/** Lifts long `b64_json` texts out of JSON. Texts with escapes stay, so that what is lifted means what it says. */
export function liftPictures(raw: Uint8Array): Lifted {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  // Nobody outside can know it, so that no text of the answer passes for a lifted one.
  const mark = randomUUID()
  const lifted: Buffer[] = []
  const parts: Buffer[] = []
  let kept = 0
  for (let at = bytes.indexOf(FIELD); at !== -1; at = bytes.indexOf(FIELD, Math.max(kept, at + 1))) {
    const start = textAfter(bytes, at + FIELD.length)
    const end = start === undefined ? -1 : bytes.indexOf(QUOTE, start)
    if (start === undefined || end - start < SHORTEST) continue
    const text = bytes.subarray(start, end)
    if (text.includes(BACKSLASH)) continue
    parts.push(bytes.subarray(kept, start))
    lifted.push(text)
    kept = end
  }
  parts.push(bytes.subarray(kept))
  return {
    json: parts.map((part, index) => `${index === 0 ? '' : `${mark}${index - 1}`}${part}`).join(''),
    count: lifted.length,
    rest: () => Buffer.concat(parts),
    textOf: (text) => (text.startsWith(mark) ? lifted[Number(text.slice(mark.length))]! : text),
  }
}

/** Where the text of a field begins whose name ends at `at`; `undefined` where its value is no text. */
function textAfter(bytes: Buffer, at: number): number | undefined {
  const [all, quote] = /^\s*:\s*(")?/.exec(bytes.toString('latin1', at, at + 64)) ?? []
  return all === undefined || quote === undefined ? undefined : at + all.length
}
