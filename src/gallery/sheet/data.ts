// What a sheet is made of.
import type { Listing, PictureCard, PictureCost, PictureFile, PlaceInFile, Problem } from '../answers.ts'

/**
 * What a sheet for reviews is made of: `sheetOf(data): string` of `sheet/sheet.ts` makes one HTML file of it that needs
 * nothing else. Previews are data addresses.
 */
export interface SheetData {
  readonly project: string
  /** ISO 8601, UTC. */
  readonly madeAt: string
  readonly totals: Listing['totals']
  readonly mistakes: readonly Problem[]
  readonly pictures: readonly SheetPicture[]
  /** What `before` was compared with: a commit, as git names it; `null` where there is no git. */
  readonly comparedWith: string | null
}

/** One picture of a sheet; its `file` has no address that leads anywhere. */
export interface SheetPicture extends Omit<PictureCard, 'file'> {
  readonly file: Omit<PictureFile, 'src' | 'thumbnail'> | null
  /** A small webp; `null` where there is no picture. */
  readonly preview: string | null
  readonly usedIn: readonly PlaceInFile[]
  /** Whether the commit has no picture of this name. */
  readonly isNew: boolean
  /** What the commit has under this name, where it is another picture, or another prompt. */
  readonly before: {
    readonly preview: string | null
    readonly prompt: string
    readonly model: string
    readonly size: string | null
    readonly quality: string | null
    readonly cost: PictureCost | null
    readonly generatedAt: string | null
  } | null
}
