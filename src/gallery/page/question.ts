// The one place where the page spends money: it shows what would be asked for, what it costs and what may be spent, and
// sends back exactly what was shown. Where that is not so any more, the new figures are shown and it asks again.
import { count, dollars } from '../../pipeline/figures.ts'
import { type Listing, type Offer, type OfferBody, type RunState, TAKES_MAX } from '../protocol.ts'
import { openDialog } from './dialog.ts'
import { el, fill } from './dom.ts'
import { problemBox, refusalBox } from './problem.ts'
import { say } from './say.ts'
import { type Answer, call } from './server.ts'
import { stateMark } from './words.ts'

/** What the question is asked with, and who hears of the run that it begins. */
export interface Asking {
  readonly listing: Listing
  readonly onRun: (run: RunState) => void
}

/** Asks once, and makes what was agreed to. */
export async function openQuestion(first: OfferBody, { listing, onRun }: Asking): Promise<void> {
  let body = first
  const dialog = openDialog(body.what === 'redo' ? `More takes of ${body.name}` : 'Make pictures')
  const cancel = el('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, 'Cancel')
  const yes = el('button', { type: 'button', class: 'button primary', disabled: true }, 'Make')
  const told = el('div', { class: 'body' })
  const list = el('div', { class: 'list', tabindex: 0, role: 'region', 'aria-label': 'What is made' })
  dialog.append(told, list, el('footer', {}, cancel, yes))
  let offer: Offer | undefined

  const show = (fresh: Offer, notice?: string) => {
    offer = fresh
    fill(
      told,
      notice !== undefined && el('p', { role: 'alert' }, el('strong', {}, notice)),
      body.what === 'redo' && stepper(body.n, (n) => reconsider(n)),
      el('p', {}, priceSentence(fresh, listing)),
      el('p', { class: 'soft' }, budgetSentence(listing)),
      ...fresh.notes.map((note) => el('p', {}, note)),
      fresh.problem !== null && problemBox(fresh.problem),
    )
    fill(list, tableOf(fresh))
    list.hidden = fresh.what === 'redo'
    yes.textContent = buttonText(fresh)
    yes.disabled = fresh.problem !== null || fresh.pictures.length === 0
    if (notice !== undefined) say(`${notice} ${priceSentence(fresh, listing)}`)
  }
  const refuse = (answer: Extract<Answer<unknown>, { refusal: unknown }>) => {
    const { refusal } = answer
    if (refusal.offer !== undefined)
      return show(refusal.offer, 'This has changed since. These are the new figures.')
    fill(told, refusalBox(refusal))
    list.hidden = true
    yes.disabled = true
  }
  let asked = 0
  const consider = async (): Promise<void> => {
    const number = ++asked
    yes.disabled = true
    const answer = await call('offer', body)
    // Another number of takes was chosen meanwhile.
    if (number !== asked) return
    if ('refusal' in answer) refuse(answer)
    else show(answer.value)
  }
  const reconsider = async (n: number) => {
    if (body.what !== 'redo') return
    body = { ...body, n }
    await consider()
    dialog.querySelector<HTMLInputElement>('.stepper input')?.focus()
  }
  const agree = async () => {
    if (offer === undefined || yes.disabled) return
    yes.disabled = true
    const { agreed } = offer
    const answer =
      body.what === 'redo'
        ? await call('redo', { name: body.name, n: body.n, agreed })
        : await call('make', { ...(body.names && { names: body.names }), agreed })
    if ('refusal' in answer) return refuse(answer)
    dialog.close()
    onRun(answer.value)
  }
  yes.addEventListener('click', agree)
  await consider()
  if (!yes.disabled) yes.focus()
  else cancel.focus()
}

function stepper(n: number, choose: (n: number) => void): HTMLElement {
  const input = el('input', { type: 'number', min: 1, max: TAKES_MAX, value: n, inputmode: 'numeric' })
  input.addEventListener('change', () => {
    const asked = Math.round(Number(input.value))
    choose(Math.min(Math.max(Number.isFinite(asked) ? asked : 1, 1), TAKES_MAX))
  })
  return el('label', { class: 'stepper' }, 'Takes', input, el('span', { class: 'soft' }, `1 to ${TAKES_MAX}`))
}

function priceSentence({ what, agreed, pictures }: Offer, { provider }: Listing): string {
  if (agreed.images === 0)
    return pictures.length === 0 ? 'There is nothing to make.' : 'Nothing is asked for: this is free.'
  const things = count(agreed.images, what === 'redo' ? 'take' : 'picture')
  const whom = provider.emulator
    ? `the emulator, which is free: a real API would take about ${dollars(agreed.usd)}`
    : `${provider.host}, for about ${dollars(agreed.usd)}`
  return `${things} will be asked of ${whom}.`
}

function budgetSentence({ budget }: Listing): string {
  const limit = ({ images, usd }: { images: number | null; usd: number | null }, when: string) => {
    const parts = [images !== null && count(images, 'picture'), usd !== null && dollars(usd)].filter(Boolean)
    return parts.length === 0 ? undefined : `${parts.join(' and ')} ${when}`
  }
  const limits = [limit(budget.run, 'a run'), limit(budget.day, 'today')].filter((text) => text !== undefined)
  return limits.length === 0 ? 'No budget is set.' : `The budget still allows ${limits.join(', ')}.`
}

function buttonText({ what, agreed, pictures }: Offer): string {
  const things = what === 'redo' ? count(agreed.images, 'take') : count(pictures.length, 'picture')
  return `Make ${things}${agreed.images === 0 ? ' for free' : ` for about ${dollars(agreed.usd)}`}`
}

const FREE = { ask: '', copy: 'a free copy', finish: 'paid already' } as const

function tableOf({ pictures }: Offer): HTMLElement {
  const rows = pictures.map(({ name, state, how, usd }) => {
    const price = FREE[how] || (usd === null ? 'price unknown' : dollars(usd))
    return el(
      'tr',
      {},
      el('td', {}, name),
      el('td', {}, stateMark(state)),
      el('td', { class: 'number' }, price),
    )
  })
  const head = ['Picture', 'State', 'Price'].map((text) => el('th', { scope: 'col' }, text))
  return el('table', {}, el('thead', {}, el('tr', {}, ...head)), el('tbody', {}, ...rows))
}
