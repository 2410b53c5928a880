import type { PictureCard } from '../protocol.ts'
import { el } from './dom.ts'
import { ageMark, altOf, priceText, sizeText, splitName, stateMark } from './words.ts'

let cards = 0

/** A picture in the grid. `href` opens it. */
export function card(
  picture: PictureCard,
  { href, badges }: { href: string; badges: boolean },
): HTMLLIElement {
  const [folder, base] = splitName(picture.name)
  const about = `about-${++cards}`
  return el(
    'li',
    { class: 'card' },
    el('div', { class: 'frame' }, likeness(picture), badges && badge(picture)),
    el(
      'div',
      { class: 'about' },
      el(
        'a',
        { href, 'data-name': picture.name, tabindex: -1, title: picture.name, 'aria-describedby': about },
        folder !== '' && el('span', { class: 'folder' }, folder),
        el('span', { class: 'base' }, base),
      ),
      el('span', { class: 'number minor' }, priceText(picture)),
      el(
        'div',
        { class: 'rest', id: about },
        stateMark(picture.state),
        picture.generatedAt !== null && ageMark(picture.generatedAt, { class: 'minor' }),
        el('span', { class: 'minor model' }, `${picture.model} ${sizeText(picture.size)}`),
      ),
    ),
  )
}

/** The picture; where there is none, its prompt in a frame of its shape. */
export function likeness(picture: PictureCard, source: 'thumbnail' | 'src' = 'thumbnail'): HTMLElement {
  const { file, frame } = picture
  if (file !== null)
    return el('img', {
      src: file[source],
      width: file.width,
      height: file.height,
      alt: altOf(picture),
      loading: source === 'thumbnail' && 'lazy',
      decoding: 'async',
    })
  const draft = el('div', {
    class: 'draft',
    role: 'img',
    'aria-label': `${picture.name}, ${picture.state === 'broken' ? 'broken' : 'not made yet'}`,
  })
  draft.style.setProperty('--ratio', String(frame.width / frame.height))
  draft.append(el('p', {}, picture.prompt))
  return draft
}

function badge({ origin }: PictureCard): HTMLElement | false {
  if (origin === 'emulator') return el('span', { class: 'badge' }, 'emulator')
  return origin === 'adopted' && el('span', { class: 'badge' }, 'your own')
}
