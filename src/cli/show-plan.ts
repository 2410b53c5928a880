import { shortList } from '../errors/entry.ts'
import { formatPlace } from '../errors/index.ts'
import { count, dollars } from '../pipeline/figures.ts'
import type { Plan, PlannedImage } from '../pipeline/plan.ts'
import { table } from './table.ts'
import type { Terminal } from './terminal.ts'

/** Prints a plan: a row for each picture that is not simply kept, then the totals and the next step. */
export function showPlan({ images, totals, unpriced }: Plan, terminal: Terminal): void {
  const rows = images.filter(({ state }) => state !== 'kept').map(rowOf)
  for (const line of table(rows, [4])) terminal.out(line)
  if (rows.length > 0) terminal.out('')
  const { kept, stale, missing, broken, orphaned } = totals
  const states = Object.entries({ kept, stale, missing, broken, orphaned })
  const shown = states.filter(([name, number]) => number > 0 || name === 'kept')
  terminal.out(`${shown.map(([name, number]) => `${number} ${name}`).join(', ')}.`)
  if (totals.images === 0) {
    const free = images.some(({ how }) => how === 'copy' || how === 'finish')
    terminal.out(
      free ? 'Nothing is to be paid for. Next: npx generate-images' : 'Nothing is to be asked for.',
    )
    return
  }
  const unknown = unpriced.length === 0 ? '' : ` and what ${shortList(unpriced)} costs`
  const price = `about ${dollars(totals.estimateUsd)}${unknown}`
  terminal.out(`${count(totals.images, 'picture')} to ask for, ${price}. Next: npx generate-images`)
}

const HOW_IT_ENDED = {
  paid: 'paid for, and no picture of it is kept',
  unknown: 'without an answer, maybe billed',
}

function rowOf(image: PlannedImage): string[] {
  const { state, name, model, size, usedIn, before } = image
  const [place] = usedIn
  const asked = before === undefined ? '' : `  asked for at ${before.at}, ${HOW_IT_ENDED[before.outcome]}`
  return [
    state,
    name,
    model,
    size ?? '',
    priceOf(image),
    (place === undefined ? '' : formatPlace(place)) + asked,
  ]
}

function priceOf({ how, estimateUsd }: PlannedImage): string {
  if (how === 'copy') return 'a free copy'
  if (how === 'finish') return 'paid already'
  if (how !== 'ask') return ''
  return estimateUsd === null ? 'price unknown' : dollars(estimateUsd)
}
