// One picture in a dialog: the picture and its takes on one side, everything about it on the other.
import type { Listing, PictureCard, PictureDetails, RunState } from '../protocol.ts'
import { type AdoptTarget, adoptPart, dropOn } from './adopt.ts'
import { likeness } from './card.ts'
import { el, fill } from './dom.ts'
import { createEditPart, type EditPart } from './edit-form.ts'
import { deletePart, factsPart, importPart, makePart, usesPart, weightsPart } from './parts.ts'
import { refusalBox } from './problem.ts'
import { promptPart } from './prompt-part.ts'
import { openQuestion } from './question.ts'
import { readPicture } from './server.ts'
import { takesPart } from './takes.ts'
import { sizeText, splitName, stateMark } from './words.ts'

/** Whom the view tells of what the person does. */
export interface ViewEvents {
  readonly go: (name: string) => void
  readonly close: () => void
  readonly onRun: (run: RunState) => void
}

/** The view; `show` opens it for a name and closes it for none. */
export function createPictureView({ go, close, onRun }: ViewEvents): {
  show(listing: Listing, shown: readonly PictureCard[], name: string | undefined): void
} {
  const dialog = el('dialog', { class: 'view', 'aria-labelledby': 'view-title' })
  const head = el('header')
  const large = el('div', { class: 'large' })
  const caption = el('p', { class: 'caption' })
  const takes = el('div')
  const details = el('div', { class: 'details' })
  dialog.append(head, el('div', { class: 'seen' }, large, caption, takes), details)
  document.body.append(dialog)

  let listing: Listing
  let shown: readonly PictureCard[] = []
  let name: string | undefined
  let known: PictureDetails | undefined
  let text = ''
  let version = -1
  let looked: string | undefined
  let edit: EditPart | undefined

  const step = (by: number) => {
    const at = shown.findIndex((picture) => picture.name === name)
    const next = shown[at + by]
    if (at !== -1 && next !== undefined) go(next.name)
  }
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    close()
  })
  dialog.addEventListener('keydown', (event) => {
    if ((event.target as Element).closest('input, textarea, select, .list') !== null) return
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (by !== undefined) step(by)
  })

  const took = (fresh: PictureDetails) => {
    if (fresh.name === name) draw(fresh)
  }
  const adoptInto: AdoptTarget = { name: () => name, took, refused: (box) => details.prepend(box) }
  dropOn(dialog, adoptInto)

  const lookAt = (src: string | undefined) => {
    looked = src
    if (known !== undefined) drawSeen(known)
  }
  const drawSeen = (picture: PictureDetails) => {
    const take = picture.takes.find(({ file }) => file.src === looked)
    const file = take?.file ?? picture.file
    const source = large.firstElementChild?.getAttribute('src')
    if (file === null || file.src !== source) fill(large, likeness({ ...picture, file }, 'src'))
    caption.textContent = [
      take !== undefined && `take ${take.take}`,
      file === null ? `will be ${sizeText(picture.size)}` : `${file.width} × ${file.height} ${file.type}`,
    ]
      .filter(Boolean)
      .join(', ')
    fill(
      takes,
      takesPart(picture, { looked: file?.src, lookAt, took, refused: (box) => details.prepend(box) }),
    )
  }
  const draw = (picture: PictureDetails) => {
    const next = JSON.stringify(picture)
    if (next === text) return
    text = next
    known = picture
    const focus = (document.activeElement as HTMLElement | null)?.dataset['focus']
    if (looked !== undefined && !picture.takes.some(({ file }) => file.src === looked)) looked = undefined
    drawHead(picture.name, picture)
    drawSeen(picture)
    // What the person is writing stays.
    if (edit === undefined || !edit.dirty() || edit.name !== picture.name)
      edit = createEditPart(picture, { took, listing })
    const scrolled = details.scrollTop
    const ask = (what: 'make' | 'redo') => {
      const body =
        what === 'make'
          ? ({ what, names: [picture.name] } as const)
          : ({ what, name: picture.name, n: 3 } as const)
      openQuestion(body, { listing, onRun })
    }
    fill(
      details,
      promptPart(picture),
      makePart(picture, ask),
      edit.element,
      importPart(picture),
      usesPart(picture),
      weightsPart(picture),
      factsPart(picture),
      adoptPart(picture, adoptInto),
      deletePart(picture, close),
    )
    details.scrollTop = scrolled
    if (focus !== undefined) dialog.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focus)}"]`)?.focus()
  }
  const drawHead = (of: string, picture: PictureCard | undefined) => {
    const [folder, base] = splitName(of)
    const at = shown.findIndex((one) => one.name === of)
    const button = (sign: string, label: string, press: () => void, disabled = false) =>
      el(
        'button',
        {
          type: 'button',
          class: 'button quiet icon',
          'aria-label': label,
          title: label,
          'data-focus': label,
          disabled,
          onclick: press,
        },
        sign,
      )
    fill(
      head,
      el(
        'h2',
        { id: 'view-title', tabindex: -1, 'data-focus': 'title' },
        folder !== '' && el('span', {}, folder),
        base,
      ),
      picture !== undefined && stateMark(picture.state),
      el(
        'div',
        { class: 'end' },
        button('←', 'Previous picture', () => step(-1), at <= 0),
        button('→', 'Next picture', () => step(1), at === -1 || at === shown.length - 1),
        button('✕', 'Close', close),
      ),
    )
  }

  const read = async (of: string) => {
    const answer = await readPicture(of)
    if (of !== name) return
    if ('value' in answer) return draw(answer.value)
    known = undefined
    text = ''
    fill(details, refusalBox(answer.refusal))
  }

  return {
    show(fresh, pictures, wanted) {
      listing = fresh
      shown = pictures
      if (wanted === undefined) {
        name = undefined
        edit = undefined
        if (dialog.open) dialog.close()
        return
      }
      if (wanted === name && fresh.version === version) return
      const other = wanted !== name
      name = wanted
      version = fresh.version
      if (other) {
        known = looked = edit = undefined
        text = ''
        const card = fresh.pictures.find((picture) => picture.name === wanted)
        drawHead(wanted, card)
        fill(large, card !== undefined && likeness(card))
        caption.textContent = ''
        fill(takes)
        fill(details)
        details.scrollTop = dialog.scrollTop = 0
        if (!dialog.open) dialog.showModal()
        dialog.querySelector<HTMLElement>('#view-title')?.focus()
      }
      read(wanted)
    },
  }
}
