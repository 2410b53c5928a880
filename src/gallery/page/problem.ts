import type { PlaceInFile, Problem, Refusal } from '../protocol.ts'
import { el } from './dom.ts'
import { openPlace } from './server.ts'

/** What went wrong: the sentence, where, and the next step. */
export function problemBox(problem: Problem): HTMLElement {
  const { sentence, hint, picture, places, code } = problem
  return el(
    'div',
    { class: 'trouble', 'data-code': code },
    el('p', {}, picture !== null && el('strong', {}, `${picture}: `), sentence),
    ...places.slice(0, 5).map((place) => el('p', {}, placeLink(place))),
    hint !== '' && el('p', { class: 'soft' }, `→ ${hint}`),
  )
}

/** Why a call gave nothing: every problem of it. */
export function refusalBox({ problem, more }: Refusal): HTMLElement {
  return el('div', { class: 'failures', role: 'alert' }, ...[problem, ...more.slice(0, 20)].map(problemBox))
}

/** A place in a file: opens in the editor where there is one. */
export function placeLink({ file, line, column, open }: PlaceInFile): HTMLElement {
  const text = [file, line, column].filter((part) => part !== null).join(':')
  if (open === null) return el('span', { class: 'code' }, text)
  return el(
    'button',
    { type: 'button', class: 'link code', title: 'Open in the editor', onclick: () => openPlace(open) },
    text,
  )
}
