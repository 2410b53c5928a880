import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Project } from '../config/project.ts'
import { writeAtomic } from '../store/atomic.ts'
import type { CachedRendition, Holding } from '../store/index.ts'
import type { Placer, Weight } from './placer.ts'

/**
 * Places files in a build: each is a real file in the cache that the host takes, so that its own asset pipeline names it,
 * places it and knows its address.
 */
export function createBuildPlacer(project: Project): Placer {
  const writeDraft = async (svg: string, stem: string) => {
    const digest = createHash('sha256').update(svg).digest('hex').slice(0, 32)
    const file = join(project.settings.cacheDir, 'drafts', digest, `${stem}.svg`)
    await writeAtomic(file, svg, { durable: false })
    return file
  }
  const placed = new Map<string, Placed>()
  return {
    weight: () => weightOf([...placed.values()]),
    async renditions(original, wanted, as, { take }) {
      const files = await project.renditions.ensure(original, wanted)
      weigh(original, files, placed)
      return Promise.all(files.map((file) => take(file, as)))
    },
    drafts: async (drafts, as, { take }) =>
      Promise.all(drafts.map(async ({ svg, stem }) => take({ file: await writeDraft(svg, stem) }, as))),
    original: async (file, { take }) => take({ file }, 'original'),
    draftOriginal: async ({ svg, stem }, { take }) => take({ file: await writeDraft(svg, stem) }, 'original'),
  }
}

interface Placed {
  readonly original: number
  readonly width: number
  readonly lightest: number
}

/** Notes the lightest file of the greatest width: what a browser with the best formats loads for it at most. */
function weigh(original: Holding, files: readonly CachedRendition[], placed: Map<string, Placed>): void {
  const { sha256, bytes } = original.record.original
  for (const file of files) {
    const known = placed.get(sha256)
    const better =
      known === undefined ||
      file.width > known.width ||
      (file.width === known.width && file.bytes < known.lightest)
    if (better) placed.set(sha256, { original: bytes, width: file.width, lightest: file.bytes })
  }
}

function weightOf(placed: readonly Placed[]): Weight {
  const sum = (of: (one: Placed) => number) => placed.reduce((total, one) => total + of(one), 0)
  return {
    pictures: placed.length,
    originals: sum((one) => one.original),
    shipped: sum((one) => one.lightest),
  }
}
