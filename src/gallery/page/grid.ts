import type { PictureCard } from '../protocol.ts'
import { card } from './card.ts'
import { move } from './move.ts'

/** The cards, one a picture; each is made once and again only when its picture changes. */
export interface Grid {
  show(pictures: readonly PictureCard[], options: { badges: boolean; href: (name: string) => string }): void
  /** Puts the focus on a picture, or on the one that had it last. */
  focus(name?: string): void
}

interface Made {
  readonly picture: PictureCard
  readonly text: string
  readonly element: HTMLLIElement
}

/** Makes the grid of a list. One card is in the order of the Tab key; arrows go on from there. */
export function createGrid(list: HTMLElement): Grid {
  const made = new Map<string, Made>()
  let current: HTMLAnchorElement | undefined

  const linkOf = (name: string) => made.get(name)?.element.querySelector('a') ?? undefined
  const setCurrent = (link: HTMLAnchorElement | undefined) => {
    if (current !== undefined) current.tabIndex = -1
    current = link
    if (link !== undefined) link.tabIndex = 0
  }

  list.addEventListener('focusin', ({ target }) => {
    const link = (target as Element).closest<HTMLAnchorElement>('a[data-name]')
    if (link !== null) setCurrent(link)
  })
  list.addEventListener('keydown', (event) => {
    const links = [...list.querySelectorAll<HTMLAnchorElement>('a[data-name]')]
    const columns = getComputedStyle(list).gridTemplateColumns.split(' ').length
    const to = move(event, {
      at: links.indexOf(event.target as HTMLAnchorElement),
      count: links.length,
      columns,
    })
    if (to === undefined) return
    event.preventDefault()
    links[to]!.focus()
    links[to]!.closest('li')!.scrollIntoView({ block: 'nearest' })
  })

  return {
    show(pictures, { badges, href }) {
      const focused = document.activeElement?.closest<HTMLElement>('a[data-name]')?.dataset['name']
      const elements = pictures.map((picture) => {
        const before = made.get(picture.name)
        if (before?.picture === picture) return before.element
        const text = JSON.stringify([picture, badges])
        const element =
          before?.text === text ? before.element : card(picture, { badges, href: href(picture.name) })
        made.set(picture.name, { picture, text, element })
        return element
      })
      // Moving an element loses its scroll and its focus, so nothing is moved that is where it belongs.
      if (
        elements.length !== list.children.length ||
        elements.some((element, index) => list.children[index] !== element)
      )
        list.replaceChildren(...elements)
      const name = focused ?? current?.dataset['name']
      const link = name === undefined ? undefined : linkOf(name)
      setCurrent(link?.isConnected ? link : (list.querySelector('a') ?? undefined))
      if (focused !== undefined && document.activeElement === document.body) current?.focus()
    },
    focus(name) {
      const link = (name === undefined ? current : linkOf(name)) ?? current
      if (link?.isConnected) link.focus()
      else list.focus()
      link?.closest('li')?.scrollIntoView({ block: 'nearest' })
    },
  }
}
