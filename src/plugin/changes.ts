// What a page has to change so that it shows what a module gives now. Pure.
import type { ShownPart } from './module.ts'

/** An attribute that a page took from a value. */
export interface ChangedAttribute {
  readonly spot: string
  readonly name: 'width' | 'height' | 'alt'
  readonly before: string
  readonly after: string
}

/** What differs between two makings of a module. */
export interface Changes {
  /** The spots whose addresses lead to something else. */
  readonly spots: readonly string[]
  /** Whole texts, such as a `srcset`, that have other parts: before and after. */
  readonly texts: readonly (readonly [before: string, after: string])[]
  readonly attributes: readonly ChangedAttribute[]
  /** Whether that is all: `false` where a value has another shape, or says what no page is known to show. */
  readonly swappable: boolean
}

/** Compares what a module gave with what it gives. */
export function compareParts(before: readonly ShownPart[], after: readonly ShownPart[]): Changes {
  const spots: string[] = []
  const texts: [string, string][] = []
  const attributes: ChangedAttribute[] = []
  const sameShape = (part: ShownPart, was: unknown, is: unknown, name: string): boolean => {
    if (was === is || name === 'placeholder') return true
    if (part.as === 'metadata' || part.as === 'original') return false
    if (isObject(was) && isObject(is)) {
      const names = Object.keys(was)
      if (names.join() !== Object.keys(is).join()) return false
      return names.every((inner) => sameShape(part, was[inner], is[inner], inner))
    }
    if (name === 'width' || name === 'height' || name === 'alt')
      attributes.push({ spot: part.spot, name, before: String(was), after: String(is) })
    else texts.push([String(was), String(is)])
    return typeof was === typeof is
  }
  const swappable =
    before.length === after.length &&
    after.every((part, index) => {
      const was = before[index]!
      if (was.name !== part.name || was.spot !== part.spot || was.as !== part.as) return false
      if (JSON.stringify(was.value) === JSON.stringify(part.value)) return true
      spots.push(part.spot)
      return sameShape(part, was.value, part.value, '')
    })
  return { spots, texts, attributes, swappable }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
