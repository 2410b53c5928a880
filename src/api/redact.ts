import type { Json } from '../spec/key.ts'
import { formsOf } from './secrets.ts'

/** Takes keys out of what came from outside, and leaves everything else as it is. */
export interface Redactor {
  text(text: string): string
  /** The same bytes, where they hold no key. */
  bytes(bytes: Uint8Array): Uint8Array
  /** A JSON value, the names of its fields too. */
  json<T extends Json>(value: T): T
}

// A shorter one could stand in a picture's base64 by chance, or be a word, as the keys that an emulator is given are.
const SHORTEST = 12

/** Makes the redactor for some keys; what is too short to be one is left. */
export function createRedactor(keys: readonly string[]): Redactor {
  const forms = formsOf(keys.filter((key) => key.length >= SHORTEST))
  const text = (given: string) => forms.reduce((clean, form) => clean.replaceAll(form, '[key]'), given)
  return {
    text,
    bytes(bytes) {
      const held = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      if (!forms.some((form) => held.includes(form))) return bytes
      // Each byte is one letter of it.
      return Buffer.from(text(held.toString('latin1')), 'latin1')
    },
    json: (value) => JSON.parse(text(JSON.stringify(value))),
  }
}
