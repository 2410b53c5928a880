// The painter: from a prompt to raw pixels. It knows nothing of requests, models and formats.
import { createHash } from 'node:crypto'
import { rasterise } from '../encode.ts'
import { PALETTES } from './palettes.ts'
import { finish, mirror, over, type Pixels } from './pixels.ts'
import { createRandom } from './random.ts'
import { SCENES } from './scenes/index.ts'
import type { Layers, Stage } from './stage.ts'
import { choose, wordsOf } from './words.ts'

/** What is to be painted. The same commission always gives the same pixels. */
export interface Commission {
  readonly prompt: string
  /** The how-manieth picture of this prompt, from 0: another composition. */
  readonly take: number
  /** Whatever else tells two requests apart: another grain, the same composition. */
  readonly variant?: string
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** The subject alone, on nothing. */
  readonly transparent: boolean
}

/** Paints a commission: a scene whose family and mood follow the words of the prompt. */
export async function paint(commission: Commission): Promise<Pixels> {
  const { prompt, take, variant = '', width, height, transparent } = commission
  const layers = draw(commission)
  const random = createRandom(`${prompt}\n${take}\n${variant}`)
  const pixels = await rasterise(layers.back, width, height, transparent ? 4 : 3)
  if (layers.water !== undefined) {
    mirror(pixels, layers.water.horizon, bytesOf(layers.water.tint), layers.water.depth, random)
  }
  if (layers.front !== undefined) over(pixels, await rasterise(layers.front, width, height, 4))
  finish(pixels, random)
  return pixels
}

/** The drawing under a commission's picture, as SVG. */
export function sketch(commission: Commission): string {
  const { back, water, front = '' } = draw(commission)
  if (water === undefined) return back
  const { width, height } = commission
  const lake = `<rect y="${water.horizon}" width="${width}" height="${height - water.horizon}" fill="${water.tint}"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${back}${lake}${front}</svg>`
}

/** The cheapest picture of a commission: one colour, or the lower half of one where it is transparent. */
export function flat({ prompt, take, variant = '', width, height, transparent }: Commission): Pixels {
  const channels = transparent ? 4 : 3
  const color = createHash('sha256').update(`${prompt}\n${take}\n${variant}`).digest().subarray(0, 3)
  const data = Buffer.alloc(width * height * channels)
  const from = transparent ? width * (height >> 1) * channels : 0
  data.fill(transparent ? Buffer.concat([color, Buffer.from([255])]) : color, from)
  return { data, width, height, channels }
}

function draw({ prompt, take, width, height, transparent }: Commission): Layers {
  const random = createRandom(`${prompt}\n${take}`)
  const words = wordsOf(prompt)
  // The family follows the prompt alone, so that takes of one prompt are of one kind.
  const family = choose(SCENES, words, createRandom(prompt))
  const byDay = PALETTES.filter((palette) => !palette.night)
  const palette = choose(PALETTES, words, random, byDay)
  const stage: Stage = { width, height, unit: Math.min(width, height), random, palette, words }
  return transparent ? { back: family.subject(stage) } : family.scene(stage)
}

function bytesOf(color: string): [number, number, number] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) as [number, number, number]
}
