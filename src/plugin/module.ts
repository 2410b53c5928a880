// From a use to the text of its module: the place where originals, renditions and shapes meet a host.
import type { Project } from '../config/project.ts'
import { type Address, embedModule } from '../embed/module.ts'
import { type GeneratedMetadata, shapeValue } from '../embed/shapes.ts'
import { type Templated, template } from '../embed/template.ts'
import type { Use, UsedPicture } from '../pipeline/collect.ts'
import { assumedSize, type LaidOut, layOut } from '../pipeline/lay-out.ts'
import { drawDraft } from '../render/draft.ts'
import { boxOf } from '../render/layout.ts'
import { renditionSpecOf } from '../render/spec.ts'
import { stemOf } from '../spec/names.ts'
import type { Holding } from '../store/index.ts'
import type { Placer } from './placer.ts'

/** The original behind a picture as a build or a dev server has it. */
export interface FoundOriginal {
  readonly state: 'kept' | 'stale' | 'missing'
  /** Undefined where there is none: a draft stands in for it. */
  readonly holding: Holding | undefined
}

/** What making a module needs. */
export interface ModuleTools {
  readonly project: Project
  readonly placer: Placer
  /** The original of a picture; waits for it, or throws, as the mode says. */
  readonly original: (used: UsedPicture) => Promise<FoundOriginal>
  /** Told every file that the module follows from, those that are not there as well. */
  readonly follow: (file: string) => void
}

interface Part {
  readonly value: Templated
  readonly addresses: readonly Address[]
}

/** The JavaScript module that a use gives. */
export async function moduleOf(use: Use, tools: ModuleTools): Promise<string> {
  if (use.kind === 'picture') {
    const { value, addresses } = await partOf(use, 0, tools)
    return embedModule(value, addresses)
  }
  const values: [name: string, value: Templated][] = []
  const addresses: Address[] = []
  // All originals are awaited first: the slots are then numbered in the order of the manifest.
  await Promise.all([...use.pictures.values()].map(tools.original))
  for (const [name, used] of use.pictures) {
    const part = await partOf(used, addresses.length, tools)
    values.push([name, part.value])
    addresses.push(...part.addresses)
  }
  return embedModule(Object.fromEntries(values), addresses)
}

async function partOf(used: UsedPicture, firstSlot: number, tools: ModuleTools): Promise<Part> {
  const { picture, as, look } = used
  tools.follow(tools.project.store.layout.record(picture.name))
  const found = await tools.original(used)
  const { holding } = found
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
        ? await tools.placer.draftOriginal(draftOf(used, metadata))
        : await tools.placer.original(holding.file)
    return { value: template({ slot: firstSlot }), addresses: [address] }
  }
  const addresses =
    holding === undefined
      ? await tools.placer.drafts(
          laid.files.map((file) => draftOf(used, file)),
          as,
        )
      : await tools.placer.renditions(holding, wantedOf(used, holding, laid, tools.project), as)
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

function draftOf({ picture }: UsedPicture, size: { width: number; height: number; stem?: string }) {
  const { width, height, stem = stemOf(picture.name) } = size
  const { prompt } = picture.spec.request
  return { svg: drawDraft({ width, height, name: picture.name, prompt, state: 'missing' }), stem }
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
