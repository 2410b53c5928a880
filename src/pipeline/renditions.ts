// The fourth step: renditions of kept originals, from the cache or from the renderer. Each is made once in a process,
// however many ask.
import type { Renderer } from '../render/index.ts'
import { type Json, keyOf } from '../spec/key.ts'
import { EXTENSION, type RenditionSpec } from '../spec/specs.ts'
import type { CachedRendition, Holding, Store } from '../store/index.ts'

/** A wanted rendition and the readable part of its file's name. */
export interface WantedRendition {
  readonly spec: RenditionSpec
  readonly stem: string
}

/** What asks for a placeholder. */
export type PlaceholderRequest = Parameters<Renderer['placeholder']>[1]

/** Renditions of kept originals. */
export interface Renditions {
  /** The files of the wanted renditions, in their order. Those that the cache lacks are made from one decoding. */
  ensure(original: Holding, wanted: readonly WantedRendition[]): Promise<readonly CachedRendition[]>
  /** The placeholder: a data URI, or a colour. */
  placeholder(original: Holding, request: PlaceholderRequest): Promise<string>
  /** How many were rendered in this process, and how many came out of the cache. */
  readonly counts: { rendered: number; cached: number }
}

/** Files by the key of their spec. */
type Found = Map<string, CachedRendition>

export function createRenditions({
  store,
  renderer,
}: {
  store: Store
  renderer: () => Promise<Renderer>
}): Renditions {
  const counts = { rendered: 0, cached: 0 }
  // By key: who looks for a rendition or makes it just now, and the stem that it will have.
  const underWay = new Map<string, { readonly stem: string; readonly found: Promise<Found> }>()
  const cached = ({ spec, stem }: WantedRendition) =>
    store.renditions.get(spec.key, stem, EXTENSION[spec.format])

  const sourceOf = ({ file, record }: Holding) => ({ file, sha256: record.original.sha256 })
  const render = async (original: Holding, missing: readonly WantedRendition[], found: Found) => {
    const stems = new Map(missing.map(({ spec, stem }) => [spec.key, stem]))
    // Each is written as soon as it is made: little waits in memory, and a failure of another one loses nothing.
    await (await renderer()).render(
      sourceOf(original),
      missing.map(({ spec }) => spec),
      async ({ spec: { key, format }, bytes, width, height }) => {
        const size = { width, height }
        found.set(key, await store.renditions.put(key, stems.get(key)!, EXTENSION[format], bytes, size))
        counts.rendered += 1
      },
    )
  }
  const find = async (original: Holding, wanted: readonly WantedRendition[]): Promise<Found> => {
    const found: Found = new Map()
    const files = await Promise.all(wanted.map(cached))
    for (const [index, file] of files.entries())
      if (file !== undefined) found.set(wanted[index]!.spec.key, file)
    counts.cached += found.size
    const missing = wanted.filter(({ spec }) => !found.has(spec.key))
    if (missing.length > 0) await render(original, missing, found)
    return found
  }

  return {
    counts,
    async ensure(original, wanted) {
      await store.renditions.open()
      const ready = wanted.flatMap(
        ({ spec, stem }) => store.renditions.peek(spec.key, stem, EXTENSION[spec.format]) ?? [],
      )
      if (ready.length === wanted.length) {
        counts.cached += ready.length
        return ready
      }
      const mine = new Map<string, WantedRendition>()
      for (const one of wanted) if (!underWay.has(one.spec.key)) mine.set(one.spec.key, one)
      if (mine.size > 0) {
        const found = find(original, [...mine.values()])
        for (const [key, { stem }] of mine) underWay.set(key, { stem, found })
        const forget = () => [...mine.keys()].forEach((key) => void underWay.delete(key))
        found.then(forget, forget)
      }
      return Promise.all(
        wanted.map(async (one) => {
          const { stem, found } = underWay.get(one.spec.key)!
          const file = (await found).get(one.spec.key)
          const named = stem === one.stem ? file : await cached(one)
          if (named === undefined) throw new Error(`the rendition ${one.spec.key} vanished from the cache`)
          return named
        }),
      )
    },
    async placeholder(original, request) {
      const key = keyOf({
        placeholder: request as unknown as Json,
        original: original.record.original.sha256,
      })
      const known = await store.renditions.getJson(key)
      if (typeof known === 'string') return known
      const made = await (await renderer()).placeholder(sourceOf(original), request)
      await store.renditions.putJson(key, made)
      return made
    },
  }
}
