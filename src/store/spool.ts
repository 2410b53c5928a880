// The journal of requests that are or may be paid for. What a request asks is on the disk before it is sent, what it
// answers before anything decodes it; what is left there tells the next run what was paid for and not kept.
import { randomBytes } from 'node:crypto'
import { rename, stat, unlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { createError } from '../errors/index.ts'
import type { RequestBody } from '../spec/specs.ts'
import { copyAtomic, createNew, writeAtomic } from './atomic.ts'
import type { Layout } from './layout.ts'
import { isRunning, markProcess, processMarkSchema } from './process-mark.ts'
import { ignoreAbsent, namesIn, readIfThere } from './read.ts'
import type { Rescue } from './rescue.ts'

const ID = /^[\w-]{1,100}$/

const entrySchema = z.looseObject({
  v: z.literal(1),
  id: z.string(),
  key: z.string(),
  name: z.string(),
  request: z.looseObject({ model: z.string(), prompt: z.string() }),
  n: z.int().positive(),
  provider: z.string(),
  estimateUsd: z.number().nullable(),
  at: z.string(),
  process: processMarkSchema,
  contentType: z.string().exactOptional(),
  take: z.int().positive().exactOptional(),
  aside: z.literal(true).exactOptional(),
})
type Journal = z.infer<typeof entrySchema>

/** A request that is about to be sent. */
export interface SpoolEntry {
  /** Letters, digits, `-` and `_`; never used before. */
  readonly id: string
  readonly key: string
  /** The picture it was sent for. */
  readonly name: string
  readonly request: RequestBody
  /** Pictures asked for. */
  readonly n: number
  /** The host. */
  readonly provider: string
  /** Dollars; `null` where no price is known. */
  readonly estimateUsd: number | null
  /** ISO 8601. */
  readonly at: string
  /** The number wanted for the first of its pictures; unset: 1. */
  readonly take?: number
  /** Its pictures are kept among the takes, whatever lies under the name. */
  readonly aside?: true
}

/** A request that was begun and not finished. Without `body` it was sent and nothing came: whether it is billed is unknown. */
export interface SpooledRequest {
  readonly entry: SpoolEntry
  /** The answer as it came. `contentType` is unknown where the crash came right after it. */
  readonly body?: { readonly file: string; readonly contentType?: string }
  /**
   * Pictures that lie beside it, by their place in the answer: of its base64, or downloaded. Those of base64 are written
   * first, so that a crash can leave them without a body.
   */
  readonly pictures: readonly { readonly index: number; readonly file: string }[]
}

/** See the file's head. Every method that writes throws FOLDER_UNWRITABLE and NO_SPACE. */
export interface Spool {
  /** Before sending. `pid` is the process that sends. */
  begin(entry: SpoolEntry & { readonly pid: number }): Promise<void>
  /**
   * The answer's body, and pictures that were taken out of it; on return the disk has them. Throws ANSWER_UNWRITTEN where
   * they can't be written in their place.
   */
  receive(
    id: string,
    body: string | Uint8Array,
    more?: { readonly contentType?: string | undefined; readonly pictures?: ReadonlyMap<number, Uint8Array> },
  ): Promise<void>
  /** A picture downloaded from a link of the answer. */
  addPicture(id: string, index: number, bytes: Uint8Array): Promise<void>
  /** Where the picture of that place in the answer lies, if it lies beside it. */
  pictureOf(id: string, index: number): string
  /** Everything is kept elsewhere, or nothing was billed: forgets the request. */
  finish(id: string): Promise<void>
  /** Keeps what can't be decoded in `.takes/.rejected/`, with the reason, for a person to look at. */
  setAside(id: string, reason: string): Promise<void>
  /** How long ago the journal was last written, in milliseconds by the clock of the disk: no process's own. */
  age(id: string): Promise<number>
  /** What earlier runs left, oldest first, and what this process is at. Throws SPOOL_UNREADABLE. */
  pending(): Promise<SpooledRequest[]>
  /** The same, and what other running processes are at, by one look: who ends between two looks would be in neither. */
  all(): Promise<SpooledRequest[]>
  /** Ends what a crash left half removed. */
  sweep(): Promise<void>
}

/** See `Spool`. */
export function createSpool({ layout, rescue }: { layout: Layout; rescue: Rescue }): Spool {
  const { spool, rejected } = layout
  let ownMark: ReturnType<typeof markProcess> | undefined
  const at = (id: string, ending: string) => {
    if (!ID.test(id)) throw new TypeError(`${id} is not an id`)
    return join(spool, `${id}.${ending}`)
  }
  const ids = (files: string[], ending: string) =>
    files
      .filter((file) => file.endsWith(ending))
      .map((file) => file.slice(0, -ending.length))
      .filter((id) => ID.test(id))
  const partsOf = (files: string[], id: string) =>
    files.filter((file) => file === `${id}.body` || (file.startsWith(`${id}.`) && file.endsWith('.picture')))

  const read = async (id: string): Promise<Journal | undefined> => {
    const file = at(id, 'json')
    const text = await readIfThere(file)
    if (text === undefined) return undefined
    try {
      return entrySchema.parse(JSON.parse(text))
    } catch (cause) {
      throw createError(
        'SPOOL_UNREADABLE',
        { file: layout.show(file), problem: 'it is not a journal' },
        { cause },
      )
    }
  }

  const scan = async (wanted: 'pending' | 'all'): Promise<SpooledRequest[]> => {
    const files = await namesIn(spool)
    const aside = new Set(ids(await namesIn(rejected), '.json'))
    const found: SpooledRequest[] = []
    for (const id of ids(files, '.json')) {
      const journal = aside.has(id) ? undefined : await read(id)
      if (journal === undefined) continue
      const { process: owner, contentType, v: _, ...entry } = journal
      const isOthers = wanted === 'pending' && owner.pid !== process.pid && (await isRunning(owner))
      if (isOthers) continue
      const inPlace = partsOf(files, id).map((file) => join(spool, file))
      const isWhole = inPlace.includes(at(id, 'body'))
      const parts = isWhole ? inPlace : [...inPlace, ...(await rescue.find(id))]
      const pictures = parts
        .filter((file) => file.endsWith('.picture'))
        .map((file) => ({ index: Number(file.split('.').at(-2)), file }))
        .sort((a, b) => a.index - b.index)
      const file = parts.find((part) => part.endsWith('.body'))
      const body = file !== undefined && { body: { file, ...(contentType !== undefined && { contentType }) } }
      // Read from a JSON file, so the request's further fields are JSON.
      const request = entry.request as RequestBody
      found.push({ entry: { ...entry, request }, ...body, pictures })
    }
    return found.sort((a, b) => (a.entry.at < b.entry.at ? -1 : 1))
  }

  const removeParts = async (id: string) => {
    await rescue.remove(id)
    for (const part of partsOf(await namesIn(spool), id)) await unlink(join(spool, part)).catch(ignoreAbsent)
    await unlink(at(id, 'done')).catch(ignoreAbsent)
  }
  const moveParts = async (id: string) => {
    for (const file of await rescue.find(id)) await copyAtomic(file, join(rejected, basename(file)))
    await rescue.remove(id)
    for (const part of partsOf(await namesIn(spool), id)) {
      // Somebody else may be moving them as well.
      await rename(join(spool, part), join(rejected, part)).catch(ignoreAbsent)
    }
    await unlink(at(id, 'json')).catch(ignoreAbsent)
  }

  return {
    async begin({ pid, ...entry }) {
      if (pid === process.pid) ownMark ??= markProcess(pid)
      const mark = await (pid === process.pid ? ownMark : markProcess(pid))
      const journal = { v: 1, ...entry, process: mark }
      await createNew(at(entry.id, 'json'), JSON.stringify(journal))
    },
    async receive(id, body, { contentType, pictures = new Map() } = {}) {
      const beside = [...pictures].map(([index, bytes]) => ({ file: at(id, `${index}.picture`), bytes }))
      await rescue.write([...beside, { file: at(id, 'body'), bytes: body }])
      const journal = contentType === undefined ? undefined : await read(id)
      // A help for whoever reads the body, which is worth no answer.
      if (journal !== undefined)
        await writeAtomic(at(id, 'json'), JSON.stringify({ ...journal, contentType }), {
          durable: false,
        }).catch(() => {})
    },
    addPicture: async (id, index, bytes) => writeAtomic(at(id, `${index}.picture`), bytes),
    pictureOf: (id, index) => at(id, `${index}.picture`),
    async finish(id) {
      // One rename ends it: half removed, it would look like a request without an answer.
      await rename(at(id, 'json'), at(id, 'done')).catch(ignoreAbsent)
      await removeParts(id)
    },
    async setAside(id, reason) {
      const journal = (await read(id)) ?? { id }
      await writeAtomic(join(rejected, `${id}.json`), JSON.stringify({ ...journal, reason }, null, 2))
      await moveParts(id)
    },
    async age(id) {
      const now = join(spool, `.${randomBytes(8).toString('hex')}.tmp`)
      try {
        await writeFile(now, '', { flag: 'wx' })
        return (await stat(now)).mtimeMs - (await stat(at(id, 'json'))).mtimeMs
      } finally {
        await unlink(now).catch(ignoreAbsent)
      }
    },
    pending: () => scan('pending'),
    all: () => scan('all'),
    async sweep() {
      const files = await namesIn(spool)
      const aside = new Set(ids(await namesIn(rejected), '.json'))
      for (const id of ids(files, '.done')) await removeParts(id)
      for (const id of ids(files, '.json')) if (aside.has(id)) await moveParts(id)
    },
  }
}
