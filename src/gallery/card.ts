// What the page is told of each picture in the list.

import type { Collection } from '../pipeline/collect.ts'
import { picturesOf } from '../pipeline/collect.ts'
import { assumedSize } from '../pipeline/lay-out.ts'
import type { PlannedImage } from '../pipeline/plan.ts'
import { boxOf } from '../render/layout.ts'
import type { Picture } from '../spec/specs.ts'
import type { Holding, OriginalRecord } from '../store/index.ts'
import type { Pictures } from './pictures.ts'
import { type OpenAddress, problemOf } from './problem.ts'
import type { PictureCard } from './protocol.ts'

/** What a card is made of, beside the plan. */
export interface CardTools {
  readonly pictures: Pictures
  readonly open: OpenAddress
  /** How often each picture is used, by name. */
  readonly uses: ReadonlyMap<string, number>
  /** What lies under each name. */
  readonly holdings: ReadonlyMap<string, Holding>
}

/** A picture as a card. */
export function cardOf(image: PlannedImage, { pictures, open, uses, holdings }: CardTools): PictureCard {
  const { name, state, how, key, model, size, estimateUsd, usedIn, picture, problem } = image
  const holding = state === 'broken' ? undefined : holdings.get(name)
  // An emulator's picture, where it does not count, is none.
  const shown = state === 'missing' ? undefined : holding
  const record = shown?.record
  const request = picture?.spec.request ?? holding?.record.request
  return {
    ...{ name, state, how, key, model, size, estimateUsd },
    quality: request?.quality ?? null,
    frame: frameOf(picture, record),
    prompt: request?.prompt ?? '',
    alt: picture?.alt ?? null,
    file: shown === undefined ? null : pictures.name(shown),
    cost: record === undefined ? null : { usd: record.cost.usd, basis: record.cost.basis },
    generatedAt: record?.generatedAt ?? null,
    origin: record === undefined ? null : originOf(record),
    uses: uses.get(name) ?? 0,
    files: [...new Set(usedIn.map(({ file }) => file))],
    problem: problem === undefined ? null : problemOf(problem, open),
  }
}

/** Where a picture comes from. */
export function originOf({ emulated, adopted }: OriginalRecord): 'api' | 'emulator' | 'adopted' {
  return adopted ? 'adopted' : emulated ? 'emulator' : 'api'
}

/** How often each picture is used, by name. */
export function countUses(collection: Collection): Map<string, number> {
  const uses = new Map<string, number>()
  for (const { use } of collection.uses)
    for (const { picture } of picturesOf(use)) uses.set(picture.name, (uses.get(picture.name) ?? 0) + 1)
  return uses
}

function frameOf(picture: Picture | undefined, record: OriginalRecord | undefined) {
  if (picture === undefined) {
    const { width, height } = record?.original ?? { width: 1, height: 1 }
    return { width, height }
  }
  const { as, look, alt } = picture
  return boxOf(look, record?.original ?? assumedSize({ picture, as, look, alt }))
}
