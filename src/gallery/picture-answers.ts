// Everything that the page is told of one picture.
import type { Format } from '../spec/specs.ts'
import type { PictureCard, PictureCost, PictureFile, PlaceInFile } from './answers.ts'

/** Fields that can be edited, in the form of the page. */
export interface EditableFields {
  /** Without the style. A list of lines in the manifest is shown as lines here, and stays a list there. */
  readonly prompt: string
  readonly style: readonly string[]
  readonly size: string
  readonly quality: string
  readonly alt: string
  readonly decorative: boolean
}
export type EditableField = keyof EditableFields

/** One of the pictures that were made for a request. */
export interface Take {
  readonly take: number
  readonly key: string
  readonly file: PictureFile
  readonly cost: PictureCost
  readonly generatedAt: string
  readonly origin: 'api' | 'emulator' | 'adopted'
  /** Whether this is what stands in the picture's place. */
  readonly current: boolean
}

/** A file of the output. */
export interface RenditionFile {
  readonly format: Format
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** `null`: it is not made yet. */
  readonly bytes: number | null
}

/** One import, or other mention, of a picture. */
export interface PictureUse {
  readonly place: PlaceInFile
  /** The specifier as it stands there. */
  readonly written: string
  readonly as: string
  readonly renditions: readonly RenditionFile[]
}

/** What the person wrote, and where an edit would go. */
export interface Editing {
  /** Where it is asked for. */
  readonly at: PlaceInFile
  readonly in: 'manifest' | 'source'
  /** Changes with the file: the edit of a file that has changed since is refused with FILE_CHANGED. */
  readonly stamp: string
  /** The fields as written there; those that are not are missing here. */
  readonly fields: Partial<EditableFields>
  /** What holds for the fields that are not written there. */
  readonly inherited: Partial<EditableFields>
  /** What may be chosen; empty: anything that the field takes. */
  readonly styles: readonly string[]
  readonly qualities: readonly string[]
  /** Sentences about each field: what may be written. */
  readonly allowed: Readonly<Record<EditableField, string>>
}

/** Everything about one picture. */
export interface PictureDetails extends PictureCard {
  /** Of a stale picture: the prompt and the other fields that made the old one. */
  readonly before: {
    readonly prompt: string
    readonly model: string
    readonly size: string | null
    readonly quality: string | null
  } | null
  /** What the API made of the prompt, where it says so. */
  readonly revisedPrompt: string | null
  /** The host that made it. */
  readonly madeBy: string | null
  /**
   * All that are kept of this request, by number, the current one too. The old picture of a stale name comes first, and
   * can't be picked: its `key` is another.
   */
  readonly takes: readonly Take[]
  readonly usedIn: readonly PictureUse[]
  /** A line to copy into a module; `null` for orphans. */
  readonly importLine: string | null
  /** `null` where it can't be edited; `cannotEdit` says why. */
  readonly editing: Editing | null
  readonly cannotEdit: string | null
}
