import type { Place } from '../errors/index.ts'
import type { Fields } from './fields.ts'

/** Finds the place of a field of a request, or of the request itself. */
export type Locate = (path?: readonly PropertyKey[]) => Place

/** What a person wrote for one picture: a manifest entry, or an inline import. Checked in form, partial, untrusted. */
export interface PictureRequest {
  readonly name: string
  readonly fields: Fields
  /** What stands behind the fields: the manifest's defaults, or the project's. Nearest first. */
  readonly defaults: readonly Fields[]
  /** The styles that `fields.style` may name. */
  readonly styles: Readonly<Record<string, string>>
  readonly from: 'manifest' | 'inline'
  readonly locate: Locate
}
