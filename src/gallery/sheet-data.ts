// What a sheet for reviews is made of: the list, small previews, and what a commit has instead.
import { createHash } from 'node:crypto'
import type { Project } from '../config/project.ts'
import type { Collection } from '../pipeline/collect.ts'
import type { Plan } from '../pipeline/plan.ts'
import { EXTENSION } from '../spec/specs.ts'
import { type OriginalRecord, parseRecord } from '../store/record.ts'
import { type Committed, committedIn } from './git.ts'
import { cardTools, listingOf } from './listing.ts'
import { createPictures, smallSpecOf } from './pictures.ts'
import { placeOf } from './problem.ts'
import type { SheetData, SheetPicture } from './protocol.ts'

/** Pixels of a preview's longer edge. */
const PREVIEW_EDGE = 320

/** How a sheet is made. */
export interface SheetOptions {
  /** What is compared with, as git names it. */
  readonly since: string
  readonly now: Date
}

/** Everything that stands in a sheet. Spends nothing; previews are kept with the renditions. */
export async function sheetDataOf(
  project: Project,
  collection: Collection,
  plan: Plan,
  { since, now }: SheetOptions,
): Promise<SheetData> {
  const tools = { project, pictures: createPictures(project), open: () => undefined }
  const listing = await listingOf(collection, plan, tools, { version: 0, runs: [] })
  const { holdings } = await cardTools(collection, tools)
  const committed = await committedIn(project.store.layout.folder, since)
  const pictures: SheetPicture[] = []
  for (const [index, { file, ...card }] of listing.pictures.entries()) {
    const holding = file === null ? undefined : holdings.get(card.name)
    const { width, height, type, bytes } = file ?? {}
    const preview = holding && (await tools.pictures.thumbnail(holding, PREVIEW_EDGE).catch(() => undefined))
    pictures.push({
      ...card,
      file: file === null ? null : { width: width!, height: height!, type: type!, bytes: bytes! },
      preview: preview === undefined ? null : dataAddress(preview),
      usedIn: plan.images[index]!.usedIn.map((place) => placeOf(place, () => undefined)),
      isNew: committed !== undefined && file !== null && !committed.has(`${card.name}.json`),
      before: await beforeOf(card.name, card.key, holding?.record, committed, project),
    })
  }
  return {
    project: listing.project,
    madeAt: now.toISOString(),
    totals: listing.totals,
    mistakes: listing.mistakes,
    pictures,
    comparedWith: committed?.name ?? null,
  }
}

async function beforeOf(
  name: string,
  key: string,
  current: OriginalRecord | undefined,
  committed: Committed | undefined,
  project: Project,
): Promise<SheetPicture['before']> {
  const file = `${name}.json`
  if (committed === undefined || !committed.has(file)) return null
  // Where the record is the same, only what is asked for can be another.
  if (!committed.differs(file) && current?.key === key) return null
  const record = await recordIn(committed, file)
  if (record === undefined) return null
  const samePicture = record.original.sha256 === current?.original.sha256
  if (samePicture && record.key === key) return null
  const { prompt, model, size = null, quality = null } = record.request
  return {
    ...{ prompt, model, size, quality, generatedAt: record.generatedAt },
    cost: { usd: record.cost.usd, basis: record.cost.basis },
    preview: samePicture ? null : await previewIn(committed, name, record, project),
  }
}

async function recordIn(committed: Committed, file: string): Promise<OriginalRecord | undefined> {
  try {
    return parseRecord(String(await committed.read(file)), file)
  } catch {
    return undefined
  }
}

/** `null` where the commit has no such picture: one that lies in Git LFS, say. */
async function previewIn(
  committed: Committed,
  name: string,
  record: OriginalRecord,
  project: Project,
): Promise<string | null> {
  try {
    const { original } = record
    const bytes = await committed.read(`${name}.${EXTENSION[original.type]}`)
    if (createHash('sha256').update(bytes).digest('hex') !== original.sha256) return null
    const { createRenderer } = await import('../render/index.ts')
    const spec = smallSpecOf(record, PREVIEW_EDGE, project)
    let preview: string | null = null
    await createRenderer().render({ bytes, sha256: original.sha256 }, [spec], async (made) => {
      preview = dataAddress(made.bytes)
    })
    return preview
  } catch {
    return null
  }
}

const dataAddress = (webp: Uint8Array) => `data:image/webp;base64,${Buffer.from(webp).toString('base64')}`
