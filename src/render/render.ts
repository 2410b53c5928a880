// One decoding, many renditions. Knows pixels; knows nothing of names, records or where files go.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import PQueue from 'p-queue'
import { createError } from '../errors/index.ts'
import type { Format, RenditionSpec } from '../spec/specs.ts'
import { compose } from './compose.ts'
import { locateCrop } from './crop.ts'
import { decodeOriginal, LIMITS, type Limits, type Pixels } from './decode.ts'
import { encode, type Raster, type Rendition, rasterise } from './encode.ts'
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
   * Makes the renditions of one original from one decoding, and hands over each as soon as it is made; the original
   * keeps its place, and so others wait, until all that was handed over is taken. Throws ORIGINAL_UNREADABLE,
   * ORIGINAL_CHANGED, RENDER_FAILED, what `decodeOriginal` throws, and what `take` throws; the others are handed over.
   */
  render(
    original: OriginalSource,
    specs: readonly RenditionSpec[],
    take: (rendition: Rendition) => Promise<void>,
  ): Promise<void>
  /** A tiny preview of an original: see `placeholderOf`. Throws as `render` does. */
  placeholder(original: OriginalSource, request: PlaceholderRequest): Promise<string>
}

// A process has four threads for all its files and pictures (libuv's): with all four encoding, no file can be read.
const MOST_AT_A_TIME = 3

/** Creates the renderer. At most `concurrency` originals are in memory, read or decoded, however many are asked for. */
export function createRenderer(options: RendererOptions = {}): Renderer {
  const { limits = LIMITS, decode = decodeOriginal } = options
  const concurrency = options.concurrency ?? Math.min(availableParallelism(), MOST_AT_A_TIME)
  // Two queues: a picture holds its place in the first while its renditions wait in the second, so neither can block
  // the other, and no more than `concurrency` of libuv's threads are busy. While the last rendition of one picture is
  // made, those of the next keep the other cores busy.
  const originals = new PQueue({ concurrency })
  const work = new PQueue({ concurrency })
  const decoded = (original: OriginalSource) => work.add(async () => decode(await read(original), limits))

  return {
    async render(original, specs, take) {
      const foreign = specs.find((spec) => spec.original !== original.sha256)
      if (foreign !== undefined)
        throw new TypeError(`a spec of the original ${foreign.original}, not of ${original.sha256}`)
      if (specs.length === 0) return
      await originals.add(async () => {
        const rasterOf = rasterOnce(await decoded(original))
        // All are waited for, also after a failure: the pixels are in use until the last one is done.
        const done = await Promise.allSettled(
          longestFirst(specs).map(async (spec) =>
            take(await work.add(async () => encode(await rasterOf(spec), spec))),
          ),
        )
        for (const one of done) if (one.status === 'rejected') throw one.reason
      })
    },
    placeholder: (original, request) =>
      originals.add(async () => {
        const pixels = await decoded(original)
        return work.add(() => placeholderOf(pixels, request))
      }),
  }
}

// How long a format takes beside the others. What takes long comes first, so that a picture does not end on one core.
const COST: Readonly<Record<Format, number>> = { avif: 8, png: 3, webp: 2, jpeg: 1 }

function longestFirst(specs: readonly RenditionSpec[]): RenditionSpec[] {
  const cost = ({ format, width, height }: RenditionSpec) => COST[format] * width * height
  return [...specs].sort((one, other) => cost(other) - cost(one))
}

/** Crops and resizes decoded pixels, once for all specs that show the same. */
function rasterOnce(pixels: Pixels): (spec: RenditionSpec) => Promise<Raster> {
  const crops = new Map<string, Promise<Rect>>()
  const rasters = new Map<string, Promise<Raster>>()
  const once = <T>(known: Map<string, Promise<T>>, id: string, make: () => Promise<T>) => {
    const found = known.get(id) ?? make()
    known.set(id, found)
    return found
  }
  return (spec) => {
    const { crop, position, fit, width, height } = spec
    const part = `${crop.width}x${crop.height} ${position}`
    return once(rasters, `${part} ${fit} ${width}x${height}`, async () => {
      const rect = await once(crops, part, () => locateCrop(pixels, spec))
      return rasterise(await compose(pixels, rect, spec), spec)
    })
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
