import { bytes } from '../../pipeline/figures.ts'
import { ADOPT_BYTES_MAX, type PictureDetails } from '../protocol.ts'
import { el } from './dom.ts'
import { problemBox, refusalBox } from './problem.ts'
import { say } from './say.ts'
import { adopt } from './server.ts'

/** The picture that takes somebody's own file, and whom to tell. */
export interface AdoptTarget {
  readonly name: () => string | undefined
  readonly took: (picture: PictureDetails) => void
  readonly refused: (box: HTMLElement) => void
}

const TYPES = ['image/png', 'image/jpeg', 'image/webp']

/** The part with the file chooser. */
export function adoptPart({ state }: PictureDetails, target: AdoptTarget): HTMLElement | false {
  if (state === 'orphaned') return false
  const input = el('input', {
    type: 'file',
    accept: TYPES.join(),
    id: 'adopt',
    class: 'unseen',
    tabindex: -1,
    'aria-hidden': 'true',
  })
  input.addEventListener('change', () => take(input.files?.[0], target))
  const choose = {
    type: 'button',
    class: 'button small',
    'data-focus': 'adopt',
    onclick: () => input.click(),
  }
  return el(
    'section',
    {},
    el('h3', {}, 'A picture of your own'),
    el(
      'div',
      { class: 'drop' },
      el(
        'p',
        { class: 'soft' },
        'Drop a PNG, JPEG or WebP anywhere here. It stands for this prompt from then on; what was paid for is kept as a take.',
      ),
      el('button', choose, 'Choose a file…'),
      input,
    ),
  )
}

/** Lets a file be dropped anywhere on an element. */
export function dropOn(element: HTMLElement, target: AdoptTarget): void {
  const isFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
  const mark = (over: boolean) => element.querySelector('.drop')?.classList.toggle('over', over)
  element.addEventListener('dragover', (event) => {
    if (!isFile(event) || element.querySelector('.drop') === null) return
    event.preventDefault()
    mark(true)
  })
  element.addEventListener('dragleave', () => mark(false))
  element.addEventListener('drop', (event) => {
    if (!isFile(event) || element.querySelector('.drop') === null) return
    event.preventDefault()
    mark(false)
    take(event.dataTransfer?.files[0], target)
  })
}

async function take(file: File | undefined, { name, took, refused }: AdoptTarget): Promise<void> {
  const picture = name()
  if (file === undefined || picture === undefined) return
  const wrong = whyNot(file)
  if (wrong !== undefined) {
    const problem = { code: 'NOT_ALLOWED', hint: '', picture, places: [], sentence: wrong }
    return refused(el('div', { role: 'alert' }, problemBox(problem)))
  }
  say(`Taking ${file.name}`)
  const answer = await adopt(picture, file)
  if ('refusal' in answer) return refused(refusalBox(answer.refusal))
  say(`${file.name} stands for ${picture}`)
  took(answer.value)
}

function whyNot({ name, type, size }: File): string | undefined {
  if (!TYPES.includes(type)) return `${name} is no PNG, JPEG or WebP.`
  return size > ADOPT_BYTES_MAX
    ? `${name} has ${bytes(size)}, more than ${bytes(ADOPT_BYTES_MAX)}.`
    : undefined
}
