import type { Palette } from './palettes.ts'
import type { Random } from './random.ts'

/** What a scene is painted on and with. */
export interface Stage {
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** The shorter edge, in pixels: the measure of everything that must not be stretched. */
  readonly unit: number
  readonly random: Random
  readonly palette: Palette
  /** The words of the prompt. */
  readonly words: readonly string[]
}

/** The layers of a whole scene, back to front. */
export interface Layers {
  readonly back: string
  /** Everything under this height (pixels from the top) becomes water that mirrors what is above, with this tint and strength 0–1. */
  readonly water?: { readonly horizon: number; readonly tint: string; readonly depth: number }
  readonly front?: string
}

/** One family of pictures. */
export interface Scene {
  /** Words of a prompt that ask for this family. */
  readonly words: readonly string[]
  /** The whole picture, edge to edge. */
  scene(stage: Stage): Layers
  /** The subject alone, on nothing, as SVG. */
  subject(stage: Stage): string
}
