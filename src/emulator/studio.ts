// From an order to encoded pictures: counts the takes, and asks the painter and the encoder.
import { createHash } from 'node:crypto'
import { encode } from './encode.ts'
import type { Order } from './order.ts'
import { type Commission, flat, paint, sketch } from './paint/index.ts'
import type { Pixels } from './paint/pixels.ts'

/** Everything that one picture of an answer follows from: the same print always gives the same bytes. */
export interface Print {
  readonly order: Order
  readonly take: number
}

/** The media types of the formats. */
export const TYPES = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  svg: 'image/svg+xml',
} as const

/** Counts how often each request was executed, so that the next picture of it is another take. */
export interface Takes {
  /** The prints of an order that is executed now. */
  next(order: Order): Print[]
  clear(): void
}

/** Makes a counter at nought. */
export function createTakes(): Takes {
  const counts = new Map<string, number>()
  return {
    next(order) {
      const { model, n, stream, partials, answer, ...picture } = order
      const request = createHash('sha256')
        .update(JSON.stringify([model.id, picture]))
        .digest('base64')
      const first = counts.get(request) ?? 0
      counts.set(request, first + n)
      return Array.from({ length: n }, (_, i) => ({ order, take: first + i }))
    },
    clear: () => counts.clear(),
  }
}

/** Makes a print: the bytes of the picture, and of `previews` unfinished ones before it, the roughest first. */
export async function develop(
  { order, take }: Print,
  picture: 'scene' | 'flat',
  previews = 0,
): Promise<{ bytes: Buffer; previews: Buffer[] }> {
  const { format, compression } = order
  const commission = commissionOf(order, take)
  if (format === 'svg') {
    const bytes = Buffer.from(sketch(commission))
    return { bytes, previews: Array.from({ length: previews }, () => bytes) }
  }
  const pixels: Pixels = picture === 'flat' ? flat(commission) : await paint(commission)
  const rough: Buffer[] = []
  for (let i = 0; i < previews; i++) {
    rough.push(
      await encode(pixels, { format, compression, blur: Math.min(order.width, order.height) / 2 ** (5 + i) }),
    )
  }
  return { bytes: await encode(pixels, { format, compression }), previews: rough }
}

function commissionOf(
  { model, prompt, quality, width, height, background }: Order,
  take: number,
): Commission {
  return {
    prompt,
    variant: `${model.id} ${quality}`,
    take,
    width,
    height,
    transparent: background === 'transparent',
  }
}
