/** The exit statuses of the command line. */
export const EXIT = { done: 0, pictures: 1, usage: 2, overBudget: 3, interrupted: 130 } as const

/** One row of the catalogue: what a code means (for the README), and its sentence and hint for given parameters. */
export interface Entry<P> {
  /** What the code stands for, in one sentence without parameters. */
  readonly meaning: string
  readonly exit: (typeof EXIT)[keyof typeof EXIT]
  /** What happened. Ends with a full stop. The picture and the place are added by the error itself. */
  sentence(params: P): string
  /** The next step, in the imperative; empty only where there is none. */
  hint(params: P): string
}

/** Declares a row and keeps the type of its parameters. */
export function entry<P>(row: Entry<P>): Entry<P> {
  return row
}

/** `a, b or c`; of more than six the first five, and how many more there are. */
export function orList(items: readonly string[]): string {
  const shown = items.length > 6 ? [...items.slice(0, 5), `${items.length - 5} more`] : items
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`
}

/** The first five, and how many more there are. */
export function shortList(items: readonly string[]): string {
  const more = items.length - 5
  return items.slice(0, 5).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

/** `, did you mean "x"?`, or nothing. */
export function didYouMean(nearest: readonly string[]): string {
  return nearest.length === 0 ? '' : ` Did you mean ${orList(nearest.map((name) => `"${name}"`))}?`
}
