import type { Listing } from '../protocol.ts'
import { type Looking, SORTS, type Sort, STATES } from './address.ts'
import { byId, el, fill } from './dom.ts'

/** The search, the filters and the order. `on` is told what the person chose. */
export function createBar(on: (change: Partial<Looking>) => void): {
  show(listing: Listing, looking: Looking): void
} {
  const search = byId<HTMLInputElement>('search')
  search.addEventListener('input', () => on({ search: search.value }))
  const sort = byId<HTMLSelectElement>('sort')
  fill(sort, ...Object.entries(SORTS).map(([value, text]) => el('option', { value }, text)))
  sort.addEventListener('change', () => on({ sort: sort.value as Sort }))

  let looking: Looking | undefined
  const toggle = (state: (typeof STATES)[number]) => {
    const states = looking?.states ?? []
    on({ states: states.includes(state) ? states.filter((other) => other !== state) : [...states, state] })
  }
  const chips = STATES.map((state) => {
    const number = el('span', { class: 'number' })
    const mark = el('span', { class: `state state-${state}` }, state)
    const button = el('button', { type: 'button', class: 'chip', onclick: () => toggle(state) }, mark, number)
    return { state, number, button }
  })
  const allNumber = el('span', { class: 'number' })
  const all = el(
    'button',
    { type: 'button', class: 'chip', onclick: () => on({ states: [] }) },
    'all',
    allNumber,
  )
  fill(byId('filters'), all, ...chips.map(({ button }) => button))

  return {
    show({ totals, pictures }, now) {
      looking = now
      if (search.value !== now.search && document.activeElement !== search) search.value = now.search
      sort.value = now.sort
      allNumber.textContent = String(pictures.length)
      all.setAttribute('aria-pressed', String(now.states.length === 0))
      for (const { state, number, button } of chips) {
        number.textContent = String(totals[state])
        button.setAttribute('aria-pressed', String(now.states.includes(state)))
      }
    },
  }
}
