import { dollars } from '../../pipeline/figures.ts'
import type { PictureDetails, Take } from '../protocol.ts'
import { el } from './dom.ts'
import { refusalBox } from './problem.ts'
import { say } from './say.ts'
import { call } from './server.ts'
import { ageMark } from './words.ts'

/** What the takes need of the view. */
export interface TakesEvents {
  /** The address of the picture that is shown large. */
  readonly looked: string | undefined
  readonly lookAt: (src: string) => void
  readonly took: (picture: PictureDetails) => void
  readonly refused: (box: HTMLElement) => void
}

/** All takes side by side, where there is more than one to choose from. */
export function takesPart(picture: PictureDetails, events: TakesEvents): HTMLElement | false {
  if (picture.takes.length < 2 && picture.takes.every(({ current }) => current)) return false
  const items = picture.takes.map((take) => item(picture, take, events))
  return el('ul', { class: 'takes', 'aria-label': `Takes of ${picture.name}` }, ...items)
}

function item(
  picture: PictureDetails,
  take: Take,
  { looked, lookAt, took, refused }: TakesEvents,
): HTMLElement {
  const old = take.key !== picture.key
  const label = old ? 'the old prompt' : `take ${take.take}`
  const { src, thumbnail } = take.file
  const pick = async () => {
    const answer = await call('pick', { name: picture.name, key: take.key, take: take.take })
    if ('refusal' in answer) return refused(refusalBox(answer.refusal))
    say(`Picked ${label}`)
    took(answer.value)
  }
  const look = {
    type: 'button',
    class: 'look',
    'aria-pressed': String(src === looked),
    'aria-label': `Look at ${label}`,
    'data-focus': `look ${src}`,
    onclick: () => lookAt(src),
  } as const
  return el(
    'li',
    { class: 'take' },
    el('button', look, el('img', { src: thumbnail, alt: '', decoding: 'async' })),
    el(
      'div',
      { class: 'line' },
      el('span', {}, old ? 'Old prompt' : `Take ${take.take}`),
      take.current && el('span', { class: 'picked' }, 'in place'),
      !take.current &&
        !old &&
        el(
          'button',
          {
            type: 'button',
            class: 'button small',
            'aria-label': `Pick ${label}`,
            'data-focus': `pick ${src}`,
            onclick: pick,
          },
          'Pick',
        ),
    ),
    el(
      'span',
      { class: 'soft' },
      take.cost.usd === null ? '' : `${dollars(take.cost.usd)}, `,
      ageMark(take.generatedAt),
    ),
  )
}
