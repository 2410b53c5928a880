import type { Rendition } from '../../src/render/encode.ts'
import type { OriginalSource, Renderer } from '../../src/render/render.ts'
import type { Look, RenditionSpec } from '../../src/spec/specs.ts'

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

/** All renditions of the specs, in their order. */
export async function renderAll(
  renderer: Renderer,
  original: OriginalSource,
  specs: readonly RenditionSpec[],
): Promise<Rendition[]> {
  const done = new Map<string, Rendition>()
  await renderer.render(original, specs, async (rendition) => void done.set(rendition.spec.key, rendition))
  return specs.map((spec) => done.get(spec.key)!)
}
