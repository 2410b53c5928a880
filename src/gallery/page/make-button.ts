import { count, dollars } from '../../pipeline/figures.ts'
import type { Listing, RunState } from '../protocol.ts'
import { el, fill } from './dom.ts'
import { openQuestion } from './question.ts'

/** The button that makes everything that is not made yet: how many pictures, and about what they cost. */
export function showMakeButton(place: HTMLElement, listing: Listing, onRun: (run: RunState) => void): void {
  const text = textOf(listing)
  if (place.dataset['text'] === text) return
  place.dataset['text'] = text
  const focused = place.contains(document.activeElement)
  const ask = () => openQuestion({ what: 'make' }, { listing, onRun })
  const button = el('button', { type: 'button', class: 'button primary', onclick: ask }, text)
  fill(place, text === '' ? el('span', { class: 'soft' }, 'Nothing to make') : button)
  if (focused) button.focus()
}

function textOf({ totals, pictures }: Listing): string {
  const free = pictures.filter(({ how }) => how === 'copy' || how === 'finish').length
  const unpriced = pictures.some(({ how, estimateUsd }) => how === 'ask' && estimateUsd === null)
  if (totals.images === 0) return free === 0 ? '' : `Make ${count(free, 'picture')}, free`
  const price =
    unpriced && totals.estimateUsd === 0 ? 'price unknown' : `about ${dollars(totals.estimateUsd)}`
  return `Make ${count(totals.images + free, 'picture')}, ${price}`
}
