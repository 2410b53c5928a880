import type { Fields } from './fields.ts'

/** A field's value in the nearest layer that has one; `undefined` where none has. */
export function nearestOf<F extends keyof Fields>(layers: readonly Fields[], field: F): Fields[F] {
  for (const layer of layers) {
    const value = layer[field]
    if (value !== undefined) return value
  }
  return undefined as Fields[F]
}
