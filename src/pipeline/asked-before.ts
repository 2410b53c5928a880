import { dollars } from './figures.ts'
import type { Plan } from './plan.ts'

/** A sentence for each picture that is asked for though an earlier request was or may have been billed: said before it costs twice. */
export function askedBefore({ images }: Plan): string[] {
  return images.flatMap(({ name, before }) => {
    if (before === undefined) return []
    const { at, requestId, usd, outcome } = before
    const id = requestId === undefined ? '' : `, request id ${requestId}`
    const price = usd === null ? '' : ` (${dollars(usd)})`
    const then =
      outcome === 'paid'
        ? `asked for at ${at}${id}, and paid for${price}, but no picture of it is kept`
        : `asked for at ${at}${id}, and no picture came; that may have been billed${price}`
    return [`${name}: ${then}. It is asked for again now.`]
  })
}
