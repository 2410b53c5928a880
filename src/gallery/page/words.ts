// Figures and sentences as people read them.
import { dollars } from '../../pipeline/figures.ts'
import type { PictureCard, PictureState } from '../protocol.ts'
import { el } from './dom.ts'
import { priceOf } from './select.ts'

/** The folder of a name, with its slash, and the rest. */
export function splitName(name: string): readonly [folder: string, base: string] {
  const at = name.lastIndexOf('/') + 1
  return [name.slice(0, at), name.slice(at)]
}

/** The text alternative of a picture in this page. */
export function altOf({ name, alt }: PictureCard): string {
  return alt === null || alt === '' ? `${name}, no text alternative` : alt
}

/** What it cost, or about what it will. */
export function priceText(picture: PictureCard): string {
  const price = priceOf(picture)
  if (picture.how === 'copy') return 'a free copy'
  if (picture.how === 'finish') return 'paid already'
  if (picture.how === 'ask') return price === undefined ? 'price unknown' : `about ${dollars(price)}`
  if (picture.origin === 'adopted') return 'your own'
  return price === undefined ? '' : dollars(price)
}

/** `1536 × 1024`, or the size's own word. */
export const sizeText = (size: string | null): string =>
  size?.replace(/^(\d+)x(\d+)$/, '$1 × $2') ?? 'any size'

/** A state as a mark and a word. */
export const stateMark = (state: PictureState): HTMLElement =>
  el('span', { class: `state state-${state}` }, state)

/** How long ago; the time itself on hover. */
export function ageMark(iso: string, attributes: { readonly class?: string } = {}): HTMLElement {
  const time = new Date(iso)
  return el(
    'time',
    { datetime: iso, title: time.toLocaleString(), ...attributes },
    age(Date.now() - time.getTime(), time),
  )
}

function age(ms: number, time: Date): string {
  const minutes = ms / 60_000
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${Math.floor(minutes)} min ago`
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`
  const days = Math.floor(minutes / 60 / 24)
  if (days < 30) return `${days} ${days === 1 ? 'day' : 'days'} ago`
  return time.toLocaleDateString(undefined, { dateStyle: 'medium' })
}
