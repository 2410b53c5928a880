// The cache of renditions: disposable, verified by content on reading, repaired by being made again. An entry is a folder:
//   <k0k1>/<key>/<hash>.data   the bytes, named by their content, so that two writers never mix
//   <k0k1>/<key>/meta.json     which data file counts; its time is the day of the last use
//   <k0k1>/<key>/<stem>.<ext>  hard links to the data, one a readable name
//   <k0k1>/<key>/value.json    a JSON value
// and beside them index.json: what was verified of each, see rendition-index.ts.
import type { Stats } from 'node:fs'
import { readFile, rm, stat, utimes } from 'node:fs/promises'
import { join, normalize, sep } from 'node:path'
import { z } from 'zod'
import { canonicalJson, type Json } from '../spec/key.ts'
import { linkAtomic, writeAtomic } from './atomic.ts'
import { hashFile, sha256 } from './hash.ts'
import { patient } from './patient.ts'
import { ignoreAbsent } from './read.ts'
import { openRenditionIndex, type RenditionIndex } from './rendition-index.ts'
import { trimRenditions } from './trim.ts'

const DAY = 24 * 3600 * 1000

const metaSchema = z.object({
  v: z.literal(1),
  sha256: z.string(),
  bytes: z.number(),
  width: z.number(),
  height: z.number(),
})
type Meta = z.infer<typeof metaSchema>

/** A rendition in the cache. */
export interface CachedRendition {
  /** Absolute; its own name is `<stem>.<ext>`. */
  readonly file: string
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** Size of the file. */
  readonly bytes: number
  readonly sha256: string
  /** It was made, named or verified just now, so that whoever looked for it before may have found nothing. */
  readonly fresh?: true
}

/** See the file's head. Keys are those of rendition specs, or of anything else that makes a JSON value. */
export interface RenditionCache {
  /** Reads the index, which `peek` looks into. */
  open(): Promise<void>
  /** What `get` would give, where the index knows it. */
  peek(key: string, stem: string, ext: string): CachedRendition | undefined
  /** `undefined` where it is absent; a damaged entry is removed and counts as absent. */
  get(key: string, stem: string, ext: string): Promise<CachedRendition | undefined>
  /** Keeps a rendition. Throws FOLDER_UNWRITABLE, NO_SPACE. */
  put(
    key: string,
    stem: string,
    ext: string,
    bytes: Uint8Array,
    size: { readonly width: number; readonly height: number },
  ): Promise<CachedRendition>
  getJson(key: string): Promise<Json | undefined>
  putJson(key: string, value: Json): Promise<void>
  /** Removes what was not used for `maxAgeDays`, then the longest unused until the rest fits; never what this process used. Answers what went, and the bytes `left`. */
  trim(): Promise<{ readonly entries: number; readonly bytes: number; readonly left: number }>
  /** Trims where that is due, once a day or for too many bytes, and writes the index. */
  save(): Promise<void>
}

/** `maxBytes` is 1 GiB unless told, `maxAgeDays` 60; `now` is in milliseconds. */
export function createRenditionCache({
  dir,
  maxBytes = 1024 ** 3,
  maxAgeDays = 60,
  now = Date.now,
}: {
  dir: string
  maxBytes?: number
  maxAgeDays?: number
  now?: () => number
}): RenditionCache {
  const used = new Set<string>()
  let opening: ReturnType<typeof openRenditionIndex> | undefined
  let opened: RenditionIndex | undefined
  const index = () => {
    opening ??= openRenditionIndex(join(dir, 'index.json'), now).then((one) => {
      opened = one
      return one
    })
    return opening
  }
  let putBytes = 0
  // A warm build asks for thousands of these: `join` would read each of them letter by letter.
  const root = normalize(dir)
  const entryOf = (key: string) => {
    if (!/^[0-9a-f]{64}$/.test(key)) throw new TypeError(`${key} is not a key`)
    return `${root}${sep}${key.slice(0, 2)}${sep}${key}`
  }
  const aliasOf = (entry: string, stem: string, ext: string) => {
    if (/[\\/]/.test(stem) || !/^[a-z0-9]+$/.test(ext) || ext === 'json' || ext === 'data')
      throw new TypeError(`${stem}.${ext} is not the name of a picture`)
    return `${entry}${sep}${stem}.${ext}`
  }
  const dataOf = (entry: string, hash: string) => join(entry, `${hash.slice(0, 32)}.data`)

  const isWhole = async (file: string, stats: Stats, { bytes, sha256: hash }: Meta) =>
    stats.size === bytes && (await hashFile(file)) === hash
  /** Gives the data, which is whole, its readable name. */
  const nameIt = async (
    key: string,
    data: string,
    dataStats: Stats,
    alias: string,
    meta: Meta,
  ): Promise<CachedRendition> => {
    const stats = await stat(alias).catch(ignoreAbsent)
    const linked = stats?.ino === dataStats.ino && stats.dev === dataStats.dev
    if (stats === undefined || !(linked || (await isWhole(alias, stats, meta)))) await linkAtomic(data, alias)
    // Where names can't share bytes, the name is a file of its own.
    const { ino } = await stat(alias)
    ;(await index()).remember(key, ino === dataStats.ino ? dataStats : await stat(alias), meta)
    const { width, height, bytes, sha256: hash } = meta
    return { file: alias, width, height, bytes, sha256: hash, fresh: true }
  }
  const touch = async (file: string) => {
    const { mtimeMs } = await stat(file)
    // A cache that may only be read is still a cache.
    if (now() - mtimeMs > DAY) await utimes(file, now() / 1000, now() / 1000).catch(() => {})
  }
  /** Reads an entry; anything that goes wrong in it is damage. */
  const readEntry = async <T>(
    key: string,
    stamp: 'meta.json' | 'value.json',
    read: (text: string) => Promise<T | undefined>,
  ): Promise<T | undefined> => {
    const entry = entryOf(key)
    try {
      const text = await patient(() => readFile(join(entry, stamp), 'utf8'))
      const value = await read(text)
      if (value === undefined) throw new Error('damaged')
      await touch(join(entry, stamp))
      used.add(key)
      return value
    } catch {
      await rm(join(entry, stamp), { force: true, recursive: true }).catch(() => {})
      return undefined
    }
  }

  const trim = () => trimRenditions({ dir, maxBytes, maxAge: maxAgeDays * DAY, now: now(), used })

  const peek: RenditionCache['peek'] = (key, stem, ext) => {
    const entry = entryOf(key)
    const file = aliasOf(entry, stem, ext)
    const known = opened?.lookup(key, file)
    if (known === undefined) return undefined
    used.add(key)
    if (opened!.use(key)) touch(join(entry, 'meta.json')).catch(() => {})
    return { file, ...known }
  }

  return {
    open: async () => void (await index()),
    peek,
    async get(key, stem, ext) {
      const entry = entryOf(key)
      const alias = aliasOf(entry, stem, ext)
      await index()
      const known = peek(key, stem, ext)
      if (known !== undefined) return known
      return readEntry(key, 'meta.json', async (text) => {
        const meta = metaSchema.parse(JSON.parse(text))
        const data = dataOf(entry, meta.sha256)
        const stats = await stat(data)
        return (await isWhole(data, stats, meta)) ? nameIt(key, data, stats, alias, meta) : undefined
      })
    },
    async put(key, stem, ext, bytes, { width, height }) {
      const entry = entryOf(key)
      const alias = aliasOf(entry, stem, ext)
      const meta: Meta = { v: 1, sha256: sha256(bytes), bytes: bytes.length, width, height }
      const data = dataOf(entry, meta.sha256)
      await writeAtomic(data, bytes, { durable: false })
      await writeAtomic(join(entry, 'meta.json'), JSON.stringify(meta), { durable: false })
      used.add(key)
      putBytes += bytes.length
      return nameIt(key, data, await stat(data), alias, meta)
    },
    getJson: (key) =>
      readEntry(key, 'value.json', async (text) => {
        const { sha256: hash, value } = JSON.parse(text)
        return hash === sha256(canonicalJson(value)) ? (value as Json) : undefined
      }),
    async putJson(key, value) {
      const text = JSON.stringify({ sha256: sha256(canonicalJson(value)), value })
      await writeAtomic(join(entryOf(key), 'value.json'), text, { durable: false })
      used.add(key)
    },
    trim,
    async save() {
      // A cache that nobody used is left as it is.
      if (used.size === 0) return
      const opened = await index()
      const { at, bytes } = opened.trimmed ?? { at: Number.NEGATIVE_INFINITY, bytes: 0 }
      const total = bytes + putBytes
      putBytes = 0
      if (now() - at > DAY || total > maxBytes) {
        opened.setTrimmed(now(), (await trim()).left)
        opened.forgetUnused(maxAgeDays)
      } else if (total !== bytes) opened.setTrimmed(at, total)
      await opened.save()
    },
  }
}
