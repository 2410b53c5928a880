import { z } from 'zod'
import { createError } from '../errors/index.ts'
import { canonicalText, type Json, keyOf } from '../spec/key.ts'
import type { RequestBody } from '../spec/specs.ts'

/** The version of record that this package writes, and the newest that it reads. */
export const RECORD_VERSION = 1

/** The real types that an original may have, told by its magic bytes. */
export type PictureType = 'png' | 'jpeg' | 'webp'

/** What is measured of a picture's bytes, by whoever can decode them. */
export interface PictureFacts {
  readonly type: PictureType
  /** Pixels. */
  readonly width: number
  readonly height: number
  readonly hasAlpha?: boolean
}

/** What a picture cost. `usd` is `null` where no price is known; `basis` names what the number rests on. */
export interface Cost {
  readonly usd: number | null
  readonly basis: string
}

/** The JSON beside an original (SPEC §5). Fields that this version does not know are kept. */
export interface OriginalRecord {
  readonly version: typeof RECORD_VERSION
  /** `keyOf(request)`. */
  readonly key: string
  /** The body as sent, without `n`. */
  readonly request: RequestBody
  /** Which of several originals for the key this is, from 1. */
  readonly take: number
  /** `file` is the file's own name, for readers; where it lies follows from the record's place and `type`. `bytes` is its size. */
  readonly original: PictureFacts & { readonly file: string; readonly sha256: string; readonly bytes: number }
  /** What the API said beside the picture: `created`, `revised_prompt`, `usage`, … */
  readonly answer: { readonly [name: string]: Json }
  /** The host that answered. */
  readonly provider: string
  readonly cost: Cost
  /** ISO 8601, UTC. */
  readonly generatedAt: string
  /** Drawn by the emulator, not paid for. */
  readonly emulated?: true
  /** A picture of somebody's own, taken for this request. */
  readonly adopted?: true
}

const size = z.int().positive()
const hash = z.string().regex(/^[0-9a-f]{64}$/, '64 lower-case hexadecimal digits')

const recordSchema = z.looseObject({
  version: z.literal(RECORD_VERSION),
  key: hash,
  request: z.looseObject({ model: z.string(), prompt: z.string() }),
  take: size,
  original: z.looseObject({
    file: z.string(),
    sha256: hash,
    bytes: size,
    width: size,
    height: size,
    type: z.enum(['png', 'jpeg', 'webp']),
    hasAlpha: z.boolean().exactOptional(),
  }),
  answer: z.looseObject({}),
  provider: z.string(),
  cost: z.looseObject({ usd: z.number().nonnegative().nullable(), basis: z.string() }),
  generatedAt: z.iso.datetime(),
  emulated: z.literal(true).exactOptional(),
  adopted: z.literal(true).exactOptional(),
})

/**
 * Reads a record. `shown` is its file, for the message. Throws RECORD_TOO_NEW, and RECORD_UNREADABLE for anything else
 * that is not a record, also where its key is not that of its request.
 */
export function parseRecord(text: string, shown: string): OriginalRecord {
  const unreadable = (problem: string) => createError('RECORD_UNREADABLE', { file: shown, problem })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    const marked = /^(<{7}|>{7}) /m.test(text)
    throw unreadable(marked ? 'it has the conflict marks of a merge' : 'it is not JSON')
  }
  const version = (json as { version?: unknown } | null)?.version
  if (typeof version === 'number' && version > RECORD_VERSION)
    throw createError('RECORD_TOO_NEW', { file: shown, version, known: RECORD_VERSION })
  const parsed = recordSchema.safeParse(json)
  const issue = parsed.error?.issues[0]
  if (issue !== undefined) throw unreadable(`${issue.path.join('.') || 'the whole'}: ${issue.message}`)
  // JSON.parse gives nothing but JSON, which the schema can't say of the fields that it lets through.
  const record = json as OriginalRecord
  if (keyOfRequest(record) !== record.key) throw unreadable('its key is not that of its request')
  return record
}

/** `undefined` for one that is nested so deep that it has none: keys are made level by level. */
function keyOfRequest({ request }: OriginalRecord): string | undefined {
  try {
    return keyOf(request as Json)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The text of a record: canonical, so that git shows only what changed. */
export function recordText(record: OriginalRecord): string {
  return canonicalText(record as unknown as Json)
}
