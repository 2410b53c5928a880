import { z } from 'zod'
import { type CallName, type Calls, TAKES_MAX } from './protocol.ts'

/** Most names in one call: those of the largest project that can be scrolled, and still small. */
const NAMES_MAX = 10_000

const name = z.string().min(1).max(1000)
const names = z.array(name).max(NAMES_MAX)
const key = z.string().regex(/^[0-9a-f]{64}$/)
const n = z.int().min(1).max(TAKES_MAX)
const text = z.string().max(100_000)
const agreed = z.strictObject({
  keys: z.array(key).max(NAMES_MAX),
  images: z.int().min(0),
  usd: z.number().min(0),
})
const fields = z.strictObject({
  prompt: text.nullable().exactOptional(),
  style: z.array(text).nullable().exactOptional(),
  size: text.nullable().exactOptional(),
  quality: text.nullable().exactOptional(),
  alt: text.nullable().exactOptional(),
  decorative: z.boolean().nullable().exactOptional(),
})

type JsonCall = Exclude<CallName, 'adopt'>

/** The bodies of calls, untrusted until they went through here. The adopted picture's is no JSON. */
export const BODIES: { readonly [C in JsonCall]: z.ZodType<Calls[C]['body']> } = {
  offer: z.union([
    z.strictObject({ what: z.literal('make'), names: names.exactOptional() }),
    z.strictObject({ what: z.literal('redo'), name, n }),
  ]),
  make: z.strictObject({ names: names.exactOptional(), agreed }),
  redo: z.strictObject({ name, n, agreed }),
  stop: z.strictObject({ run: z.string().max(100) }),
  pick: z.strictObject({ name, key, take: z.int().min(1) }),
  edit: z.strictObject({ name, stamp: z.string().max(100), fields }),
  prune: z.strictObject({ names }),
}
