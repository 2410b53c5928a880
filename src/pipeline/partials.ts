// Partial pictures: what a model streams of a picture while it works. Shown to whoever looks on, and never kept.
import { type PictureType, typeOf } from '../render/magic.ts'

/** A picture as far as it has come. */
export interface Partial {
  readonly bytes: Uint8Array
  readonly type: PictureType
  /** Another one for each that comes. */
  readonly version: string
}

/** The partial pictures of a process, by the name of the picture that is being made. */
export interface Partials {
  /** How many are asked for with each picture, 0 to 3. */
  readonly wanted: 0 | 1 | 2 | 3
  of(name: string): Partial | undefined
  /** One has come; what is no picture, or too large to be shown, is passed over. */
  came(name: string, bytes: Uint8Array): void
  /** The picture is there, or none comes. */
  gone(name: string): void
  /** `listener` is told the name whenever what is shown of it changes; it takes the place of the one before. */
  listen(listener: (name: string) => void): void
}

/** Bytes; as of the originals that are shown with a mark. */
const SHOWN_MAX = 6e6

/** None yet. */
export function createPartials(wanted: Partials['wanted']): Partials {
  const shown = new Map<string, Partial>()
  let listener: (name: string) => void = () => {}
  let count = 0
  return {
    wanted,
    of: (name) => shown.get(name),
    came(name, bytes) {
      const type = typeOf(bytes)
      if (type === undefined || bytes.length > SHOWN_MAX) return
      shown.set(name, { bytes, type, version: `partial ${++count}` })
      listener(name)
    },
    gone(name) {
      if (shown.delete(name)) listener(name)
    },
    listen(given) {
      listener = given
    },
  }
}
