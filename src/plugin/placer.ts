import type { Address } from '../embed/module.ts'
import type { WantedRendition } from '../pipeline/renditions.ts'
import type { Shape } from '../spec/specs.ts'
import type { Holding } from '../store/index.ts'
import type { TakeFile } from './take-file.ts'

/** A drawn stand-in, as SVG text. */
export interface DrawnDraft {
  readonly svg: string
  readonly stem: string
}

/** Bytes of the pictures that were placed: their originals, and for each the lightest file of full width. */
export interface Weight {
  readonly pictures: number
  readonly originals: number
  readonly shipped: number
}

/**
 * Brings files to the host. A build and a dev server differ by this alone. `take` is how the bundler takes a file for the
 * module that is made just now.
 */
export interface Placer {
  renditions(
    original: Holding,
    wanted: readonly WantedRendition[],
    as: Shape,
    take: TakeFile,
  ): Promise<readonly Address[]>
  drafts(drafts: readonly DrawnDraft[], as: Shape, take: TakeFile): Promise<readonly Address[]>
  /** The untouched file, in the host's own pipeline. */
  original(file: string, take: TakeFile): Promise<Address>
  /** A draft as a file of its own, for the host's own pipeline. */
  draftOriginal(draft: DrawnDraft, take: TakeFile): Promise<Address>
  weight(): Weight
}
