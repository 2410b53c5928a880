// From a use to the text of its module: the place where originals, renditions and shapes meet a host.
import { createHash } from 'node:crypto'
import type { Project } from '../config/project.ts'
import { type Address, embedModule } from '../embed/module.ts'
import { type GeneratedMetadata, shapeValue } from '../embed/shapes.ts'
import { fill, type Templated, template } from '../embed/template.ts'
import type { GenerateImagesError } from '../errors/index.ts'
import type { Use, UsedPicture } from '../pipeline/collect.ts'
import { assumedSize, type LaidOut, layOut } from '../pipeline/lay-out.ts'
import { drawDraft } from '../render/draft.ts'
import { boxOf } from '../render/layout.ts'
import { drawPartial } from '../render/partial.ts'
import { renditionSpecOf } from '../render/spec.ts'
import { stemOf } from '../spec/names.ts'
import type { Format, Shape } from '../spec/specs.ts'
import type { Holding } from '../store/index.ts'
import type { DrawnDraft, Placer, Spot } from './placer.ts'
import type { TakeFile } from './take-file.ts'

/** The original behind a picture as a build or a dev server has it. */
export interface FoundOriginal {
  readonly state: 'kept' | 'stale' | 'missing'
  /** Undefined where there is none: a draft stands in for it. */
  readonly holding: Holding | undefined
  /** Why it can't be shown, where a draft says so instead of an error. */
  readonly problem?: GenerateImagesError | undefined
}

/** What making a module needs. */
export interface ModuleTools {
  /** What tells this module from every other one of the build. */
  readonly id: string
  readonly project: Project
  readonly placer: Placer
  /** How the bundler takes a file for this module. */
  readonly take: TakeFile
  /** The original of a picture; waits for it, or throws, as the mode says. */
  readonly original: (used: UsedPicture) => Promise<FoundOriginal>
  /** Told every file that the module follows from, those that are not there as well. */
  readonly follow: (file: string) => void
}

/** One picture of a module, as it is shown. */
export interface ShownPart {
  /** Its name in a module that has several. */
  readonly name: string
  /** Of its spot. */
  readonly spot: string
  readonly picture: string
  readonly as: Shape
  /** What the module gives for it; addresses that only the host knows are module specifiers. */
  readonly value: unknown
}

/** A module that was made. */
export interface MadeModule {
  readonly code: string
  readonly parts: readonly ShownPart[]
}

interface Part {
  readonly value: Templated
  readonly addresses: readonly Address[]
}

/** The JavaScript module that a use gives. */
export async function moduleOf(use: Use, tools: ModuleTools): Promise<MadeModule> {
  const parts: ShownPart[] = []
  const make = async (name: string, used: UsedPicture, firstSlot: number) => {
    const spot = spotOf(tools.id, used)
    const part = await partOf(used, firstSlot, spot, tools)
    parts.push({
      ...{ name, spot, picture: used.picture.name, as: used.as },
      // A build asks for none.
      get value() {
        return fill(part.value, (slot) => textOf(part.addresses[slot - firstSlot]!))
      },
    })
    return part
  }
  if (use.kind === 'picture') {
    const { value, addresses } = await make('', use, 0)
    return { code: embedModule(value, addresses), parts }
  }
  const values: [name: string, value: Templated][] = []
  const addresses: Address[] = []
  // All originals are awaited first: the slots are then numbered in the order of the manifest.
  await Promise.all([...use.pictures.values()].map(tools.original))
  for (const [name, used] of use.pictures) {
    const part = await make(name, used, addresses.length)
    values.push([name, part.value])
    addresses.push(...part.addresses)
  }
  return { code: embedModule(Object.fromEntries(values), addresses), parts }
}

const spotOf = (module: string, { picture }: UsedPicture) =>
  createHash('sha256')
    .update(JSON.stringify([module, picture.name]))
    .digest('hex')
    .slice(0, 32)

const textOf = (address: Address) =>
  typeof address === 'string' ? address : 'from' in address ? address.from : address.expression

async function partOf(used: UsedPicture, firstSlot: number, id: string, tools: ModuleTools): Promise<Part> {
  const { picture, as, look } = used
  tools.follow(tools.project.store.layout.record(picture.name))
  const found = await tools.original(used)
  const { holding } = found
  const spot: Spot = { id, stale: found.state === 'stale' ? holding : undefined, take: tools.take }
  if (holding !== undefined) tools.follow(holding.file)
  const size = holding?.record.original ?? assumedSize(used)
  const laid = shiftSlots(layOut(used, size), firstSlot)
  const metadata: GeneratedMetadata = {
    name: picture.name,
    key: picture.spec.key,
    model: picture.spec.request.model,
    prompt: picture.spec.request.prompt,
    alt: used.alt ?? '',
    ...boxOf(look, size),
    state: found.state,
  }
  if (as === 'original') {
    const address =
      holding === undefined
        ? await tools.placer.draftOriginal(draftOf(used, found, { ...metadata, format: 'png' }, tools), spot)
        : await tools.placer.original(holding.file, spot)
    return { value: template({ slot: firstSlot }), addresses: [address] }
  }
  const addresses =
    holding === undefined
      ? await tools.placer.drafts(
          laid.files.map((file) => draftOf(used, found, file, tools)),
          as,
          spot,
        )
      : await tools.placer.renditions(holding, wantedOf(used, holding, laid, tools.project), as, spot)
  for (const address of addresses)
    if (typeof address === 'object' && 'file' in address) tools.follow(address.file)
  const placeholder = await placeholderOf(used, holding, tools.project)
  return { value: shapeValue({ as, metadata, ...laid, placeholder }), addresses }
}

function wantedOf({ look }: UsedPicture, holding: Holding, laid: LaidOut, { settings, encoder }: Project) {
  const original = holding.record.original
  return laid.files.map(({ format, width, height, stem }) => {
    // Nobody knows how a picture of somebody's own was made.
    const provenance = settings.provenance && holding.record.adopted !== true
    const spec = renditionSpecOf({ original, look, format, width, height, provenance, encoder: encoder() })
    return { spec, stem }
  })
}

function draftOf(
  { picture }: UsedPicture,
  { problem }: FoundOriginal,
  size: { width: number; height: number; format: Format; stem?: string },
  { project }: ModuleTools,
): DrawnDraft {
  const { width, height, format, stem = stemOf(picture.name) } = size
  const { prompt } = picture.spec.request
  const state = problem === undefined ? 'missing' : 'broken'
  const draft = { width, height, name: picture.name, prompt, state } as const
  const partial = project.partials.of(picture.name)
  return {
    ...{ stem, format, width, height, version: JSON.stringify({ ...draft, partial: partial?.version }) },
    get svg() {
      return partial === undefined ? drawDraft(draft) : drawPartial(partial, draft)
    },
  }
}

async function placeholderOf(used: UsedPicture, holding: Holding | undefined, project: Project) {
  const kind = used.look.placeholder
  if (kind === false || (used.as !== 'img' && used.as !== 'picture')) return undefined
  if (holding !== undefined) {
    const { frame, fit, position } = used.look
    return project.renditions.placeholder(holding, { kind, frame, fit, position })
  }
  // A draft has no pixels to sum up: a neutral grey says as much.
  const grey =
    '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><rect width="1" height="1" fill="#ccc"/></svg>'
  return kind === 'color' ? '#cccccc' : `data:image/svg+xml,${encodeURIComponent(grey)}`
}

function shiftSlots(laid: LaidOut, by: number): LaidOut {
  const shift = <T extends { readonly slot: number }>(file: T): T => ({ ...file, slot: file.slot + by })
  return {
    files: laid.files.map(shift),
    fallback: laid.fallback.map(shift),
    sources: laid.sources.map(({ format, files }) => ({ format, files: files.map(shift) })),
  }
}
