import type { Address } from '../embed/module.ts'
import type { WantedRendition } from '../pipeline/renditions.ts'
import type { Format, Shape } from '../spec/specs.ts'
import type { Holding } from '../store/index.ts'
import type { TakeFile } from './take-file.ts'

/** A drawn stand-in. */
export interface DrawnDraft {
  /** SVG text; drawn when it is asked for, because a page asks for few of its sizes. */
  readonly svg: string
  readonly stem: string
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** What it stands in for. */
  readonly format: Format
  /** Another one for another drawing. */
  readonly version: string
}

/** What files are placed for. */
export interface Spot {
  /** The same for the same picture in the same module, whatever becomes of it: 32 letters. */
  readonly id: string
  /** The picture of an earlier prompt, where that is what is shown. */
  readonly stale: Holding | undefined
  /** How the bundler takes a file for the module that is made just now. */
  readonly take: TakeFile
}

/** Bytes of the pictures that were placed: their originals, and for each the lightest file of full width. */
export interface Weight {
  readonly pictures: number
  readonly originals: number
  readonly shipped: number
}

/** Brings files to the host. A build and a dev server differ by this alone. */
export interface Placer {
  renditions(
    original: Holding,
    wanted: readonly WantedRendition[],
    as: Shape,
    spot: Spot,
  ): Promise<readonly Address[]>
  drafts(drafts: readonly DrawnDraft[], as: Shape, spot: Spot): Promise<readonly Address[]>
  /** The untouched file, in the host's own pipeline. */
  original(file: string, spot: Spot): Promise<Address>
  /** A draft as a file of its own, for the host's own pipeline. */
  draftOriginal(draft: DrawnDraft, spot: Spot): Promise<Address>
  weight(): Weight
}
