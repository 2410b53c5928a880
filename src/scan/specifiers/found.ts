import { isGenerateSpecifier } from '../../spec/query.ts'

/** A specifier in a text. */
export interface Found {
  /** As its language means it: escapes and entities decoded. */
  readonly written: string
  /** Where it begins in the text, in UTF-16 units: its first character, not the quote. */
  readonly offset: number
  /** The specifier with what its place says beside it: the shape that can stand there, the text alternative. */
  readonly meant?: string
  /** Why no picture, or none of this shape, can stand there. */
  readonly problem?: string
  /** Set where its language makes no import of it, and so leaves it as it stands. */
  readonly left?: Left
}

/** A text that is left as it stands: the attribute that it is of, and by whom. */
export interface Left {
  readonly attribute: string
  readonly by: 'Svelte' | 'Astro' | 'JSX'
}

/** A specifier that is left as it stands. */
export type LeftText = Found & { readonly left: Left }

/** A finder of one language: every specifier of ours in `text`, in the order of their offsets. Never throws. */
export type Finder = (text: string) => Found[]

/** Whether what stands at a place for specifiers is one of ours: not a URL with a host or a scheme, and no template of one. */
export function isOurs(written: string): boolean {
  return (
    isGenerateSpecifier(written) &&
    !/^(?:[a-z][a-z\d+.-]+:|\/\/)/i.test(written) &&
    !/\{\{|<%|\$\{|#\{|@\{/.test(written)
  )
}

/** Whether the path of a specifier ends with the extension of an image: then even a link to it can mean nothing else. */
export function isImagePath(written: string): boolean {
  return /^[^?]*\.(?:png|jpe?g|webp|avif)\?/i.test(written)
}

/** Moves what was found in a part of a text to its place in the whole. */
export function moved(found: readonly Found[], by: number): Found[] {
  return found.map((one) => ({ ...one, offset: one.offset + by }))
}

/** A value without the white space around it, and where it begins. */
export function trimmed(value: string): { raw: string; at: number } {
  const start = value.trimStart()
  return { raw: start.trimEnd(), at: value.length - start.length }
}
