// From what a person types to the pictures that are meant.
import picomatch from 'picomatch'
import { createError, type GenerateImagesError, throwAll } from '../errors/index.ts'
import type { Collection } from '../pipeline/collect.ts'
import { stripImageExtension } from '../spec/names.ts'
import { nearest } from '../spec/nearest.ts'

/** A whole name, or an unambiguous last part of one. Throws NO_SUCH_PICTURE for all words at once. */
export function namesFor(words: readonly string[], collection: Collection): string[] {
  const names = [...collection.pictures.keys()]
  const errors: GenerateImagesError[] = []
  const found = words.flatMap((word) => {
    const bare = stripImageExtension(word).replace(/^\.\//, '')
    if (collection.pictures.has(bare)) return [bare]
    const ending = names.filter((name) => name.endsWith(`/${bare}`))
    if (ending.length === 1) return ending
    const near = nearest(bare, names)
    errors.push(createError('NO_SUCH_PICTURE', { name: word, nearest: near, candidates: ending }))
    return []
  })
  throwAll(errors)
  return [...new Set(found)]
}

/** The names that a glob of `--filter` matches. */
export function filterOf(glob: string): (name: string) => boolean {
  return picomatch(glob, { basename: true })
}
