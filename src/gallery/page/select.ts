import type { PictureCard } from '../protocol.ts'
import { type Looking, type Sort, STATES } from './address.ts'

/** The pictures to show, in their order. Every word of the search has to be in the name, the prompt, the alt or a file. */
export function select(pictures: readonly PictureCard[], looking: Looking): PictureCard[] {
  const words = looking.search.toLowerCase().split(/\s+/).filter(Boolean)
  const { states } = looking
  return pictures
    .filter((picture) => states.length === 0 || states.includes(picture.state))
    .filter((picture) => words.length === 0 || words.every((word) => textOf(picture).includes(word)))
    .sort((a, b) => ORDER[looking.sort](a, b) || byName(a, b))
}

/** What a picture cost, or will cost; `undefined` where nobody knows. */
export function priceOf({ how, estimateUsd, cost }: PictureCard): number | undefined {
  return (how === 'ask' ? estimateUsd : cost?.usd) ?? undefined
}

const ORDER: Readonly<Record<Sort, (a: PictureCard, b: PictureCard) => number>> = {
  name: () => 0,
  newest: (a, b) =>
    (a.generatedAt ?? '') === (b.generatedAt ?? '')
      ? 0
      : (a.generatedAt ?? '') < (b.generatedAt ?? '')
        ? 1
        : -1,
  price: (a, b) => (priceOf(b) ?? -1) - (priceOf(a) ?? -1),
  state: (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state),
}

const names = new Intl.Collator(undefined, { numeric: true })
const byName = (a: PictureCard, b: PictureCard) => names.compare(a.name, b.name)

const texts = new WeakMap<PictureCard, string>()
function textOf(picture: PictureCard): string {
  const known = texts.get(picture)
  if (known !== undefined) return known
  const { name, prompt, alt, files } = picture
  const text = [name, prompt, alt ?? '', ...(files ?? [])].join('\n').toLowerCase()
  texts.set(picture, text)
  return text
}
