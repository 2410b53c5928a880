// The smaller parts of a picture's view, one function each.
import { bytes, count, dollars } from '../../pipeline/figures.ts'
import type { PictureDetails, RenditionFile } from '../protocol.ts'
import { openDialog } from './dialog.ts'
import { el } from './dom.ts'
import { placeLink, refusalBox } from './problem.ts'
import { say } from './say.ts'
import { call } from './server.ts'
import { ageMark, priceText, sizeText } from './words.ts'

type Part = HTMLElement | false

const part = (title: string, ...children: (HTMLElement | string | false)[]) =>
  el('section', {}, el('h3', {}, title), ...children)

/** The buttons that ask for the picture, or for more takes of it. */
export function makePart(picture: PictureDetails, ask: (what: 'make' | 'redo') => void): Part {
  const button = (what: 'make' | 'redo', text: string, className: string) =>
    el(
      'button',
      { type: 'button', class: `button ${className}`, 'data-focus': what, onclick: () => ask(what) },
      text,
    )
  const open = ['ask', 'copy', 'finish'].includes(picture.how)
  if (!open && picture.state !== 'kept') return false
  return el(
    'section',
    {},
    el(
      'div',
      { class: 'row' },
      open && button('make', `Make it, ${priceText(picture)}`, 'primary'),
      (picture.state === 'kept' || picture.how === 'ask') &&
        button('redo', open ? 'Make several takes…' : 'Make more takes…', ''),
    ),
  )
}

/** The line to copy into a module. */
export function importPart({ importLine }: PictureDetails): Part {
  if (importLine === null) return false
  const copy = async () => {
    await navigator.clipboard.writeText(importLine).then(
      () => say('Copied'),
      () => say('Your browser did not let the page copy'),
    )
    button.textContent = 'Copied'
    setTimeout(() => {
      button.textContent = 'Copy'
    }, 1500)
  }
  const button = el(
    'button',
    {
      type: 'button',
      class: 'button small',
      'aria-label': 'Copy the import line',
      'data-focus': 'copy',
      onclick: copy,
    },
    'Copy',
  )
  return part('Import', el('div', { class: 'copy' }, el('code', {}, importLine), button))
}

/** Where it is used. */
export function usesPart({ usedIn, state }: PictureDetails): Part {
  if (state === 'orphaned') return false
  const uses = usedIn.map(({ place, as }) =>
    el('li', {}, placeLink(place), el('span', { class: 'soft' }, ` as ${as}`)),
  )
  return part(
    'Used in',
    uses.length === 0
      ? el('p', { class: 'soft' }, 'No file imports it.')
      : el('ul', { class: 'uses' }, ...uses),
  )
}

/** What each file of the output weighs. */
export function weightsPart({ usedIn }: PictureDetails): Part {
  const files = new Map<string, RenditionFile>()
  for (const { renditions } of usedIn)
    for (const file of renditions) files.set(`${file.format} ${file.width} ${file.height}`, file)
  if (files.size === 0) return false
  const rows = [...files.values()].map(({ format, width, height, bytes: size }) =>
    el(
      'tr',
      {},
      el('td', {}, format),
      el('td', { class: 'number' }, `${width} × ${height}`),
      el(
        'td',
        { class: 'number' },
        size === null ? el('span', { class: 'soft' }, 'not made yet') : bytes(size),
      ),
    ),
  )
  const heads = ['Format', 'Pixels', 'Weight'].map((text) => el('th', { scope: 'col' }, text))
  const table = el('table', {}, el('thead', {}, el('tr', {}, ...heads)), el('tbody', {}, ...rows))
  return part(
    'Files that it becomes',
    el('div', { class: 'scroll', tabindex: rows.length > 10 ? 0 : undefined }, table),
  )
}

/** The rest, as a list of facts. */
export function factsPart(picture: PictureDetails): HTMLElement {
  const { file, cost, generatedAt, madeBy, origin, model, quality, size, alt } = picture
  const facts: [string, HTMLElement | string | false][] = [
    ['Model', [model, quality !== null && `${quality} quality`].filter(Boolean).join(', ')],
    ['Asked for', sizeText(size)],
    ['Original', file !== null && `${file.width} × ${file.height} ${file.type}, ${bytes(file.bytes)}`],
    ['Cost', cost !== null && costText(cost, origin)],
    ['Made', generatedAt !== null && ageMark(generatedAt)],
    ['By', madeBy ?? false],
    ['Alt', alt === null ? 'nobody wrote one' : alt === '' ? 'none: decorative' : alt],
  ]
  const rows = facts.flatMap(([term, fact]) =>
    fact === false ? [] : [el('dt', {}, term), el('dd', {}, fact)],
  )
  return part('Facts', el('dl', { class: 'facts' }, ...rows))
}

function costText(
  { usd, basis }: NonNullable<PictureDetails['cost']>,
  origin: PictureDetails['origin'],
): string {
  if (origin === 'emulator')
    return `nothing: drawn by the emulator${usd === null ? '' : ` (${dollars(usd)} at a real API)`}`
  if (origin === 'adopted') return 'your own picture'
  return usd === null ? 'unknown' : `${dollars(usd)} (${basis})`
}

/** Deletes an orphan, after a question. */
export function deletePart({ name, state, takes }: PictureDetails, done: () => void): Part {
  if (state !== 'orphaned') return false
  const ask = () => {
    const dialog = openDialog(`Delete ${name}?`)
    const told = el(
      'div',
      { class: 'body' },
      el('p', {}, 'Nothing asks for it any more. What git has of it stays in git.'),
    )
    const yes = el('button', { type: 'button', class: 'button danger' }, 'Delete')
    yes.addEventListener('click', async () => {
      const answer = await call('prune', { names: [name] })
      if ('refusal' in answer) return told.replaceChildren(refusalBox(answer.refusal))
      dialog.close()
      say(`Deleted ${name}`)
      done()
    })
    const no = el('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, 'Keep')
    dialog.append(told, el('footer', {}, no, yes))
    no.focus()
  }
  const more = takes.length > 1 ? ` It has ${count(takes.length, 'take')}.` : ''
  return part(
    'Nothing asks for it',
    el('p', { class: 'soft' }, `Its entry or import is gone.${more}`),
    el(
      'div',
      { class: 'row' },
      el(
        'button',
        { type: 'button', class: 'button danger', 'data-focus': 'delete', onclick: ask },
        'Delete…',
      ),
    ),
  )
}
