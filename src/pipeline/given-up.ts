// What a process does not ask for again by itself: a watcher makes a run of each saved file, and would repeat it each time.
import { createError, type GenerateImagesError } from '../errors/index.ts'
import type { Asked } from './ask.ts'
import { type Plan, type PlannedImage, summarise } from './plan.ts'

/** Why, by key. */
export type GivenUp = Map<string, GenerateImagesError>

/** Remembers a request that was refused, or that may have been billed without a picture. */
export function remember({ key }: PlannedImage, { error, billed }: Asked, givenUp: GivenUp): void {
  if (error !== undefined && (billed !== 'no' || error.code === 'REFUSED')) givenUp.set(key, error)
}

/** The plan without what was given up, which new takes never are, because a person asks for each: such a picture fails with what was said of it before. */
export function leaveOut(plan: Plan, givenUp: GivenUp): Plan {
  const images = plan.images.map((image): PlannedImage => {
    const cause = image.how === 'ask' && image.takes === undefined ? givenUp.get(image.key) : undefined
    if (cause === undefined) return image
    const context = { picture: image.name, places: image.usedIn, cause }
    const problem = createError('GIVEN_UP', { sentence: cause.sentence }, context)
    return { ...image, how: 'nothing', estimateUsd: 0, problem }
  })
  return summarise(images)
}
