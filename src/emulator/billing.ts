import type { Order } from './order.ts'

/** Tokens of a request, as `usage` reports them. */
export interface Usage {
  readonly input_tokens: number
  readonly input_tokens_details: { readonly text_tokens: number; readonly image_tokens: number }
  readonly output_tokens: number
  readonly total_tokens: number
}

const PARTIAL_TOKENS = 100

/** The tokens of an order; `undefined` for models that are billed by the picture. */
export function usageOf({
  model,
  prompt,
  n,
  quality,
  width,
  height,
  stream,
  partials,
}: Order): Usage | undefined {
  if (model.billing.by === 'picture') return undefined
  const text = Math.ceil([...prompt].length / 4)
  const extra = stream ? partials * PARTIAL_TOKENS : 0
  const output = n * (model.billing.tokens(quality, width, height) + extra)
  return {
    input_tokens: text,
    input_tokens_details: { text_tokens: text, image_tokens: 0 },
    output_tokens: output,
    total_tokens: text + output,
  }
}

/** What an order costs in US dollars, to a millionth. */
export function usdOf(order: Order): number {
  const { billing } = order.model
  if (billing.by === 'picture') return round(order.n * billing.usd(order.quality, order.size))
  const usage = usageOf(order)!
  return round((usage.input_tokens * billing.textIn + usage.output_tokens * billing.imageOut) / 1e6)
}

const round = (usd: number) => Math.round(usd * 1e6) / 1e6
