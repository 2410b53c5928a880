import { usageOf } from './billing.ts'
import type { Files, Trouble } from './files.ts'
import type { Order } from './order.ts'
import { develop, type Print, TYPES } from './studio.ts'

/** What is wrong with an answer that is otherwise whole. */
export interface Spoiled {
  readonly empty?: boolean
  /** Put before the base64. */
  readonly prefix?: boolean
  /** Answered instead of pictures. */
  readonly bytes?: Uint8Array
  /** Answered as a link with this trouble, whatever was asked. */
  readonly link?: Trouble
}

/** What an answer needs beside the order. */
export interface Desk {
  readonly picture: 'scene' | 'flat'
  readonly now: () => number
  readonly files: Files
  /** Where links point to, such as `http://127.0.0.1:4010`. */
  readonly origin: string
}

/** The mark by which a record can say that its picture was not paid for; no real API sends it. */
export const MARK = { emulator: 'unplugin-generate-images' } as const

/** The body of an answer: `created`, `data`, and what the model says of it. */
export async function answer(
  order: Order,
  prints: readonly Print[],
  desk: Desk,
  spoiled: Spoiled = {},
): Promise<object> {
  const data: object[] = []
  for (const print of spoiled.empty ? [] : prints)
    data.push({ ...(await item(print, desk, spoiled)), ...revised(order) })
  return { created: seconds(desk.now), ...MARK, ...settings(order), data }
}

/** The base64 of a picture, as spoiled. */
export function base64(
  bytes: Uint8Array,
  { prefix, bytes: instead }: Spoiled,
  format: Order['format'],
): string {
  const text = Buffer.from(instead ?? bytes).toString('base64')
  return prefix ? `data:${TYPES[format]};base64,${text}` : text
}

/** What gpt-image models say of a picture; others say nothing. */
export function settings(order: Order): object {
  const { background, format: output_format, quality, size } = order
  const usage = usageOf(order)
  return usage === undefined ? {} : { background, output_format, quality, size, usage }
}

/** Whole seconds since 1970. */
export const seconds = (now: () => number) => Math.floor(now() / 1000)

async function item(print: Print, desk: Desk, spoiled: Spoiled): Promise<object> {
  const { order } = print
  if (spoiled.link !== undefined || (order.answer === 'url' && !spoiled.prefix)) {
    const trouble = spoiled.bytes === undefined ? spoiled.link : { ...spoiled.link, bytes: spoiled.bytes }
    return { url: desk.files.add(desk.origin, print, trouble) }
  }
  const bytes = spoiled.bytes ?? (await develop(print, desk.picture)).bytes
  return { b64_json: base64(bytes, spoiled, order.format) }
}

// dall-e-3 always wrote prompts anew.
function revised({ model, prompt }: Order): object {
  if (!model.revisesPrompts) return {}
  return {
    revised_prompt: `${prompt.trim().replace(/[.!?]?$/, '')}, in soft natural light, with fine detail and a calm composition.`,
  }
}
