import type { PictureDetails } from '../protocol.ts'
import { el } from './dom.ts'
import { problemBox } from './problem.ts'
import { wordDiff } from './word-diff.ts'
import { sizeText } from './words.ts'

/** The prompt as it is sent; of a stale picture, what changed since the picture was made. */
export function promptPart(picture: PictureDetails): HTMLElement {
  const { before, prompt, revisedPrompt, problem } = picture
  return el(
    'section',
    {},
    problem !== null && problemBox(problem),
    el('h3', {}, before === null ? 'Prompt' : 'What changed since it was made'),
    before === null ? el('p', { class: 'prompt' }, prompt) : diff(before.prompt, prompt),
    ...(before === null ? [] : changes(before, picture)),
    revisedPrompt !== null &&
      el(
        'details',
        {},
        el('summary', {}, 'As the API revised it'),
        el('p', { class: 'prompt' }, revisedPrompt),
      ),
  )
}

function diff(before: string, after: string): HTMLElement {
  const tags = { same: 'span', removed: 'del', added: 'ins' } as const
  // What a strike and an underline say is said to those who listen, too.
  const said = { same: '', removed: ' removed: ', added: ' added: ' }
  const parts = wordDiff(before, after).flatMap(({ kind, text }) => [
    said[kind] !== '' && el('span', { class: 'unseen' }, said[kind]),
    el(tags[kind], {}, text),
  ])
  return el('p', { class: 'prompt' }, ...parts)
}

function changes(
  before: NonNullable<PictureDetails['before']>,
  now: PictureDetails,
): (HTMLElement | false)[] {
  const row = (label: string, old: string, fresh: string) =>
    old !== fresh && el('p', { class: 'change' }, `${label}: `, el('del', {}, old), ' ', el('ins', {}, fresh))
  return [
    row('Model', before.model, now.model),
    row('Size', sizeText(before.size), sizeText(now.size)),
    row('Quality', before.quality ?? 'unset', now.quality ?? 'unset'),
  ]
}
