// Finished files for what has no bundler of ours: a folder of renditions with a list, a typed module and markup. Knows
// shapes and files; never asks an API for anything.
import type { Project } from '../config/project.ts'
import { pictureHtml } from '../embed/picture-html.ts'
import type { GeneratedPicture } from '../embed/shapes.ts'
import { createError, type GenerateImagesError, throwAll } from '../errors/index.ts'
import type { Plan, PlannedImage } from '../pipeline/plan.ts'
import { type MadeModule, moduleOf } from '../plugin/module.ts'
import type { Picture } from '../spec/specs.ts'
import { type ExportedPicture, listText, moduleText, typesText } from './list.ts'
import { type OutputFile, openOutput, type Written } from './output.ts'
import { createExportPlacer } from './placer.ts'

export interface ExportOptions {
  /** Absolute; made where it is not there. */
  readonly folder: string
  /** What stands before each file in an address: `/pictures/`, `https://cdn.example.org/`, `./`. */
  readonly base: string
  /** Whether a file's name changes with its content, so that browsers may keep it for ever. */
  readonly hashed: boolean
}

/** What an export did. Paths are those in the folder, with forward slashes. */
export interface ExportReport extends Written {
  readonly pictures: readonly ExportedPicture[]
  /** Stale pictures that were exported as they are. */
  readonly warnings: readonly GenerateImagesError[]
}

// More would wait for the same renderer.
const AT_ONCE = 16

/**
 * Exports every picture of a plan in the look of its own entry. Throws MISSING and what else is wrong with pictures,
 * EXPORT_FOREIGN, EXPORT_CLASH and EXPORT_IN_WAY, each before anything is written, and LEAVES_PROJECT.
 */
export async function exportPictures(
  project: Project,
  plan: Plan,
  { folder, base, hashed }: ExportOptions,
): Promise<ExportReport> {
  const warnings = assertWhole(project, plan)
  const output = await openOutput(folder)
  const placer = createExportPlacer(project, { base, hashed })
  const pictures: ExportedPicture[] = []
  const wanted = plan.images.flatMap(({ picture, state }) =>
    picture === undefined ? [] : [{ picture, state }],
  )
  const queue = wanted.entries()
  const work = async () => {
    for (const [index, { picture, state }] of queue) pictures[index] = await exported(picture, state)
  }
  const exported = async (picture: Picture, state: PlannedImage['state']): Promise<ExportedPicture> => {
    const { name, alt } = picture
    const files = placer.of(name)
    const use = { kind: 'picture', picture, as: 'picture', look: picture.look, alt } as const
    const { parts }: MadeModule = await moduleOf(use, {
      ...{ id: name, project, placer: files.placer, take: ({ file }) => file, follow: () => {} },
      original: async () => {
        const found = await project.store.originals.inspect(name, picture.spec.key, project)
        if (state !== 'kept' && state !== 'stale') return { state: 'missing', holding: undefined }
        if (found.state === 'kept' || found.state === 'stale') return { state: found.state, holding: found }
        // It was there when the plan was made.
        throw found.problem ?? missing(project, { name, state: 'missing', usedIn: picture.places })
      },
    })
    const value = parts[0]!.value as GeneratedPicture
    return { name, value, html: pictureHtml(value), files: files.placed() }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))

  const texts: OutputFile[] = [
    ...pictures.map(({ name, html }) => ({ path: `${name}.html`, text: html })),
    { path: 'images.js', text: moduleText(pictures) },
    { path: 'images.d.ts', text: typesText(wanted.map(({ picture }) => picture)) },
  ]
  const done = await output.write([...placer.files(), ...texts], (files) =>
    listText({ base, pictures, files }),
  )
  return { pictures, warnings, ...done }
}

/** What can't be exported is an error, all at once; a stale picture is still a picture, unless the settings say otherwise. */
function assertWhole(project: Project, { images }: Plan): GenerateImagesError[] {
  const { mode, stale } = project.settings
  const warnings: GenerateImagesError[] = []
  const errors = images.flatMap((image) => {
    if (image.state === 'broken') return [image.problem!]
    if (mode === 'draft' || (image.state !== 'missing' && image.state !== 'stale')) return []
    const error = missing(project, image)
    if (image.state === 'missing' || stale === 'error') return [error]
    warnings.push(error)
    return []
  })
  throwAll(errors)
  return warnings
}

function missing(
  { settings }: Project,
  { name, state, usedIn }: Pick<PlannedImage, 'name' | 'state' | 'usedIn'>,
): GenerateImagesError {
  const why = settings.mode === 'generate' ? 'export asks for nothing' : settings.modeReason
  return createError(
    'MISSING',
    { state: state === 'stale' ? 'stale' : 'missing', why },
    { picture: name, places: usedIn },
  )
}
