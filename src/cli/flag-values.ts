// Readers of flag values. Text in, value out, or what is allowed in its place.
import { nearest } from '../spec/nearest.ts'

/** Why a text is no value of a flag. */
export class Refused {
  readonly allowed: string
  readonly nearest: readonly string[]

  constructor(allowed: string, near: readonly string[] = []) {
    this.allowed = allowed
    this.nearest = near
  }
}

/** Any text. */
export function anyText(text: string): string {
  return text
}

/** One of some words; `allowed` says so, where the words alone say too little. */
export function oneOf<const W extends string>(words: readonly W[], allowed = words.join(', ')) {
  return (text: string): W | Refused =>
    words.find((word) => word === text) ?? new Refused(allowed, nearest(text, words))
}

/** A number within bounds, in plain digits; `none`, where it is allowed, is Infinity. */
export function numberFrom(
  low: number,
  high: number,
  { whole = true, none = false }: { whole?: boolean; none?: boolean } = {},
) {
  const kind = whole ? 'a whole number' : 'a number'
  const refused = new Refused(`${kind} from ${low} to ${high}${none ? ', or none for no limit' : ''}`)
  return (text: string): number | Refused => {
    if (none && text === 'none') return Number.POSITIVE_INFINITY
    const value = /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN
    return value >= low && value <= high && (!whole || Number.isInteger(value)) ? value : refused
  }
}
