// One decoding, many renditions. Knows pixels; knows nothing of names, records or where files go.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import PQueue from 'p-queue'
import { createError } from '../errors/index.ts'
import type { RenditionSpec } from '../spec/specs.ts'
import { locateCrop } from './crop.ts'
import { decodeOriginal, LIMITS, type Limits, type Pixels } from './decode.ts'
import { encode, type Rendition } from './encode.ts'
import { type PlaceholderRequest, placeholderOf } from './placeholder.ts'
import type { Rect } from './placement.ts'

/** An original: its bytes, or the absolute path of its file. `sha256` is what the specs were made for. */
export type OriginalSource = { readonly sha256: string } & (
  | { readonly bytes: Uint8Array }
  | { readonly file: string }
)

/** How much a renderer does at a time, and with what. */
export interface RendererOptions {
  /** Pictures decoded, and renditions encoded, at a time. Default: one for each core, at most 3. */
  readonly concurrency?: number
  readonly limits?: Limits
  /** How an original becomes pixels. */
  readonly decode?: (bytes: Uint8Array, limits: Limits) => Promise<Pixels>
}

/** Makes renditions and previews, a bounded number at a time. */
export interface Renderer {
  /**
   * Makes the renditions of one original, in the order of the specs, from one decoding. Throws ORIGINAL_UNREADABLE,
   * ORIGINAL_CHANGED, RENDER_FAILED, and what `decodeOriginal` throws; then none is given.
   */
  render(original: OriginalSource, specs: readonly RenditionSpec[]): Promise<Rendition[]>
  /** A tiny preview of an original: see `placeholderOf`. */
  placeholder(bytes: Uint8Array, request: PlaceholderRequest): Promise<string>
}

// A process has four threads for all its files and pictures (libuv's): with all four encoding, no file can be read.
const MOST_AT_A_TIME = 3

/** Creates the renderer. At most `concurrency` decoded originals are in memory, however many are asked for. */
export function createRenderer(options: RendererOptions = {}): Renderer {
  const { limits = LIMITS, decode = decodeOriginal } = options
  const concurrency = options.concurrency ?? Math.min(availableParallelism(), MOST_AT_A_TIME)
  // Two queues: a picture holds its place in the first while its renditions wait in the second, so neither can block
  // the other, and no more than `concurrency` of libuv's threads are busy.
  const originals = new PQueue({ concurrency })
  const work = new PQueue({ concurrency })

  return {
    async render(original, specs) {
      const foreign = specs.find((spec) => spec.original !== original.sha256)
      if (foreign !== undefined)
        throw new TypeError(`a spec of the original ${foreign.original}, not of ${original.sha256}`)
      if (specs.length === 0) return []
      return originals.add(async () => {
        const pixels = await work.add(async () => decode(await read(original), limits))
        const crops = new Map<string, Promise<Rect>>()
        const cropOf = (spec: RenditionSpec) => {
          const id = `${spec.crop.width}x${spec.crop.height} ${spec.position}`
          const crop = crops.get(id) ?? locateCrop(pixels, spec)
          crops.set(id, crop)
          return crop
        }
        // All are waited for, also after a failure: the pixels are in use until the last one is done.
        const done = await Promise.allSettled(
          specs.map((spec) => work.add(async () => encode(pixels, await cropOf(spec), spec))),
        )
        return done.map((one) => {
          if (one.status === 'rejected') throw one.reason
          return one.value
        })
      })
    },
    placeholder: (bytes, request) =>
      originals.add(() => work.add(async () => placeholderOf(await decode(bytes, limits), request))),
  }
}

async function read(original: OriginalSource): Promise<Uint8Array> {
  const bytes =
    'bytes' in original
      ? original.bytes
      : await readFile(original.file).catch((cause: NodeJS.ErrnoException) =>
          Promise.reject(createError('ORIGINAL_UNREADABLE', { why: cause.code ?? cause.message }, { cause })),
        )
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found !== original.sha256) throw createError('ORIGINAL_CHANGED', { expected: original.sha256, found })
  return bytes
}
