// Pieces of the schemas of options. The message of each is what is allowed there, for the `Allowed: …` of an error.
import { posix, win32 } from 'node:path'
import { z } from 'zod'
import { tidyPath } from './tidy-path.ts'

/** A text that is not empty. */
export const text = z.string('a text').min(1, 'a text that is not empty')

/** One of some words. */
export function word<const W extends readonly [string, ...string[]]>(words: W) {
  return z.enum(words, words.join(', '))
}

/** A whole number within bounds. */
export function whole(low: number, high: number) {
  const allowed = `a whole number from ${low} to ${high}`
  return z.int(allowed).min(low, allowed).max(high, allowed)
}

/** A number from `low`. */
export function from(low: number) {
  const allowed = `a number from ${low}`
  return z.number(allowed).min(low, allowed)
}

/**
 * An object of some fields, all optional unless they are `required`. An unknown field is an issue of its own with the
 * known names in `params.known`, and hides no other mistake.
 */
export function object(fields: Readonly<Record<string, z.ZodType>>, required: readonly string[] = []) {
  const known = Object.keys(fields)
  const shape = Object.entries(fields).map(
    ([name, schema]) => [name, required.includes(name) ? schema : schema.optional()] as const,
  )
  return z
    .object(Object.fromEntries(shape), `an object of ${known.join(', ')}`)
    .catchall(z.custom(() => false, { params: { known } }))
}

/** A value that may be of several forms: `choose` says which one was meant, so that the messages are those of that form. */
export function meant(choose: (value: unknown) => z.ZodType) {
  return z.unknown().superRefine((value, context) => {
    for (const issue of choose(value).safeParse(value).error?.issues ?? []) {
      const params = 'params' in issue ? { params: issue.params } : {}
      context.addIssue({ code: 'custom', path: [...issue.path], message: issue.message, ...params })
    }
  })
}

/** A path below the root, in none of the folders that tools empty at will. */
export function insideRoot(allowed: string, fits: (path: string) => boolean = () => true) {
  return text.refine((path) => isInside(path) && fits(path), allowed)
}

function isInside(path: string): boolean {
  const parts = tidyPath(path).split('/')
  const disposable = parts.includes('node_modules') || parts.includes('.git')
  return !posix.isAbsolute(path) && !win32.isAbsolute(path) && !['.', '..'].includes(parts[0]!) && !disposable
}
