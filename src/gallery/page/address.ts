// What the person looks at, as the part of the page's address after `#`: a reload and the back button keep it.
import type { PictureState } from '../protocol.ts'

export const STATES = ['missing', 'stale', 'broken', 'kept', 'orphaned'] as const
export const SORTS = { name: 'Name', newest: 'Newest', price: 'Price', state: 'State' } as const
export type Sort = keyof typeof SORTS

/** What is shown: which pictures, in which order, and which one is open. */
export interface Looking {
  readonly search: string
  /** Empty: all. */
  readonly states: readonly PictureState[]
  readonly sort: Sort
  readonly picture: string | undefined
}

/** Reads the part after `#`; what makes no sense is left out. */
export function parseLooking(hash: string): Looking {
  const words = new URLSearchParams(hash.replace(/^#/, ''))
  const states = (words.get('state') ?? '').split(',')
  const sort = words.get('sort') ?? 'name'
  return {
    search: words.get('search') ?? '',
    states: STATES.filter((state) => states.includes(state)),
    sort: Object.hasOwn(SORTS, sort) ? (sort as Sort) : 'name',
    picture: words.get('picture') ?? undefined,
  }
}

/** The part after `#`, with the mark. Slashes stay readable. */
export function formatLooking({ search, states, sort, picture }: Looking): string {
  const words = new URLSearchParams()
  if (search !== '') words.set('search', search)
  if (states.length > 0) words.set('state', states.join(','))
  if (sort !== 'name') words.set('sort', sort)
  if (picture !== undefined) words.set('picture', picture)
  return `#${words.toString().replaceAll('%2F', '/').replaceAll('%2C', ',')}`
}
