// A picture of somebody's own in the place of one that is asked for.
import { sha256 } from '../store/hash.ts'
import type { Holding, PictureFacts } from '../store/index.ts'
import type { Collection } from './collect.ts'
import { assertSound, pick } from './pick.ts'
import type { PlanTools } from './plan.ts'
import { pictureOf, takesOf } from './takes-of.ts'

/** What adopting needs. */
export interface AdoptTools extends PlanTools {
  readonly now: () => Date
  /** Decodes a picture whole and measures it; throws where it is none. */
  readonly inspect: (bytes: Uint8Array) => Promise<PictureFacts>
}

/** What was adopted. */
export interface Adopted {
  readonly name: string
  readonly original: Holding
  /** The size that was asked for, in pixels, where the ratio of the picture is another by more than 5 %. */
  readonly otherRatio: { readonly width: number; readonly height: number } | undefined
  readonly changed: boolean
}

/**
 * Keeps bytes, as they are, as the picture of a name's prompt; what lay there becomes a take. Bytes that are a take
 * already stay what they are. Throws NO_SUCH_PICTURE, what decoding throws, and what is wrong with the name's files.
 */
export async function adopt(
  collection: Collection,
  name: string,
  bytes: Uint8Array,
  tools: AdoptTools,
): Promise<Adopted> {
  const { originals } = tools.store
  await assertSound(collection, name, tools)
  const facts = await tools.inspect(bytes)
  const { key, request } = pictureOf(collection, name).spec
  const otherRatio = ratioAside(facts, request.size)
  const hash = sha256(bytes)
  const takes = await takesOf(collection, name, tools)
  const known = takes.find(({ record }) => record.original.sha256 === hash)
  if (known !== undefined) {
    const { take, changed } = await pick(collection, name, known.number, tools)
    return { name, original: take, otherRatio, changed }
  }
  const original = await originals.commit({
    ...{ name, bytes, facts, key, request, take: await originals.nextTake(key), answer: {} },
    ...{ provider: 'adopted', cost: { usd: 0, basis: 'adopted' }, adopted: true },
    generatedAt: tools.now().toISOString(),
  })
  return { name, original, otherRatio, changed: true }
}

function ratioAside(
  { width, height }: PictureFacts,
  size: string | undefined,
): { readonly width: number; readonly height: number } | undefined {
  const [asked, high] = (size ?? '').split('x').map(Number)
  if (!asked || !high) return undefined
  const differs = Math.abs(Math.log(width / height / (asked / high))) > Math.log(1.05)
  return differs ? { width: asked, height: high } : undefined
}
