import type { Look } from '../../src/spec/specs.ts'

/** A look with everything filled in. */
export function lookOf(over: Partial<Look> = {}): Look {
  return {
    frame: { kind: 'whole' },
    widths: [480, 960, 1440],
    heights: [],
    formats: ['avif', 'webp'],
    fallback: 'auto',
    fit: 'cover',
    position: 'attention',
    encode: {},
    placeholder: false,
    ...over,
  }
}
