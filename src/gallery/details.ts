// Everything about one picture.
import type { Project } from '../config/project.ts'
import { GenerateImagesError } from '../errors/index.ts'
import { type Collection, picturesOf, type UsedPicture } from '../pipeline/collect.ts'
import { assumedSize, layOut } from '../pipeline/lay-out.ts'
import { renditionSpecOf } from '../render/spec.ts'
import { EXTENSION, type Picture } from '../spec/specs.ts'
import type { Holding } from '../store/index.ts'
import { cardOf, countUses, originOf } from './card.ts'
import { editingOf } from './editing.ts'
import type { ListingTools } from './listing.ts'
import { placeOf } from './problem.ts'
import type { Editing, PictureDetails, PictureUse, RenditionFile, Take } from './protocol.ts'

/** Everything about a picture; `undefined` where there is none of that name. */
export async function detailsOf(
  name: string,
  collection: Collection,
  tools: ListingTools,
): Promise<PictureDetails | undefined> {
  const { project } = tools
  const plan = await project.plan(collection, { filter: (one) => one === name })
  const [image] = plan.images
  if (image === undefined) return undefined
  const found = await project.store.originals.inspect(name, undefined, { acceptEmulated: true })
  const lying = found.state === 'kept' ? found : undefined
  const holdings = new Map(lying === undefined ? [] : [[name, lying]])
  const card = cardOf(image, { ...tools, uses: countUses(collection), holdings })
  const holding = card.file === null ? undefined : lying
  const { picture } = image
  const old = card.state === 'stale' ? holding?.record.request : undefined
  const revised = holding?.record.answer.revised_prompt
  const { editing, cannotEdit } = await editingFor(picture, collection, tools)
  return {
    ...card,
    before:
      old === undefined
        ? null
        : { prompt: old.prompt, model: old.model, size: old.size ?? null, quality: old.quality ?? null },
    revisedPrompt: typeof revised === 'string' ? revised : null,
    madeBy: holding?.record.provider ?? null,
    takes: await takesFor(picture, holding, collection, tools),
    usedIn: await usesOf(name, holding, collection, tools),
    importLine: picture === undefined ? null : importLineOf(picture, collection),
    editing,
    cannotEdit,
  }
}

async function editingFor(
  picture: Picture | undefined,
  collection: Collection,
  { project, open }: ListingTools,
): Promise<{ editing: Editing | null; cannotEdit: string | null }> {
  try {
    if (picture === undefined) return { editing: null, cannotEdit: 'Nothing asks for this picture.' }
    return { editing: await editingOf(picture, { project, collection, open }), cannotEdit: null }
  } catch (error) {
    if (!(error instanceof GenerateImagesError)) throw error
    return { editing: null, cannotEdit: error.sentence }
  }
}

async function takesFor(
  picture: Picture | undefined,
  holding: Holding | undefined,
  collection: Collection,
  { project, pictures }: ListingTools,
): Promise<Take[]> {
  const toTake = (one: Holding, take: number, current: boolean): Take => {
    const { key, cost, generatedAt } = one.record
    const { usd, basis } = cost
    return {
      ...{ take, key, file: pictures.name(one), cost: { usd, basis }, generatedAt },
      ...{ origin: originOf(one.record), current },
    }
  }
  const takes = picture === undefined ? [] : await project.takesOf(collection, picture.name)
  const all = takes.map((one) => toTake(one, one.number, one.shown))
  // The old picture of a stale name, or an orphan: its number counts for another request.
  if (holding === undefined || takes.some(({ shown }) => shown)) return all
  return [toTake(holding, holding.record.take, true), ...all]
}

async function usesOf(
  name: string,
  holding: Holding | undefined,
  collection: Collection,
  { project, open }: ListingTools,
): Promise<PictureUse[]> {
  const found = collection.uses.flatMap(({ written, place, use }) =>
    picturesOf(use)
      .filter(({ picture }) => picture.name === name)
      .map((used) => ({ written, place, used })),
  )
  return Promise.all(
    found.map(async ({ written, place, used }) => ({
      place: placeOf(place, open),
      written,
      as: used.as,
      renditions: await renditionsOf(used, holding, project),
    })),
  )
}

async function renditionsOf(
  used: UsedPicture,
  holding: Holding | undefined,
  project: Project,
): Promise<RenditionFile[]> {
  const original = holding?.record.original
  const { files } = layOut(used, original ?? assumedSize(used))
  const { provenance } = project.settings
  return Promise.all(
    files.map(async ({ format, width, height, stem }) => {
      if (original === undefined) return { format, width, height, bytes: null }
      const encoder = project.encoder()
      const { look } = used
      const spec = renditionSpecOf({ original, look, format, width, height, provenance, encoder })
      const cached = await project.store.renditions.get(spec.key, stem, EXTENSION[format])
      return { format, width, height, bytes: cached?.bytes ?? null }
    }),
  )
}

function importLineOf(picture: Picture, collection: Collection): string {
  const word = picture.name
    .split('/')
    .at(-1)!
    .replace(/[^\p{L}\p{N}]+(.)?/gu, (_, next: string | undefined) => next?.toUpperCase() ?? '')
  const variable = /^[\p{L}_$]/u.test(word) ? word : `picture${word}`
  const inline = collection.uses.find(
    ({ use }) => use.kind === 'picture' && use.picture.name === picture.name,
  )
  const specifier =
    picture.from === 'inline' && inline !== undefined
      ? inline.written
      : `/${encodeURI(picture.name)}.png?generate&as=picture`
  const quoted = specifier.includes("'") ? JSON.stringify(specifier) : `'${specifier}'`
  return `import ${variable} from ${quoted}`
}
