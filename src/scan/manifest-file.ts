import { posix } from 'node:path'
import { createScanner, type Node, type ParseError, parseTree } from 'jsonc-parser'
import { createError, type GenerateImagesError } from '../errors/index.ts'
import { LIMITS, megabytes } from '../spec/limits.ts'
import { type Manifest, readManifest } from '../spec/manifest.ts'
import { joinName, stripImageExtension } from '../spec/names.ts'
import type { Locate } from '../spec/request.ts'
import { createLocate } from './manifest-locate.ts'
import { parsePlainManifest } from './manifest-plain.ts'
import { syntaxErrors } from './manifest-syntax.ts'
import { DEPTH_MAX, duplicatesIn, plainValue, propertiesOf, Unbounded } from './manifest-tree.ts'
import { createPositions } from './position.ts'
import { tidyErrors } from './tidy-errors.ts'

/** A manifest as it stands in its file. */
export interface ManifestFile {
  /** Relative to the root, forward slashes. */
  readonly file: string
  /** The entries without a mistake; empty where the file can't be parsed. */
  readonly manifest: Manifest
  /** Every name under `images`, also of entries with a mistake: from the root without an extension, by the name as written. */
  readonly names: ReadonlyMap<string, string>
  /** Finds the place of a path of the manifest, from its top. */
  readonly locate: Locate
  readonly errors: readonly GenerateImagesError[]
  /** Whether the file is no whole JSON, so that it may lack names that a person wrote. */
  readonly broken: boolean
}

/** Parses the text of a manifest (comments and trailing commas are fine). Never throws: all mistakes are in `errors`. */
export function parseManifestFile(text: string, file: string): ManifestFile {
  return parsePlainManifest(text, file) ?? parseByTree(text, file)
}

function parseByTree(text: string, file: string): ManifestFile {
  const placeAt = createPositions(text, file)
  const problem = (words: string, offset = 0) => [
    createError('MANIFEST_SYNTAX', { problem: words }, { places: [placeAt(offset)] }),
  ]
  const { manifestBytes, manifestTokens, pictures } = LIMITS
  if (text.length > manifestBytes)
    return tooLargeFile(file, megabytes(text.length), megabytes(manifestBytes), 'manifest')
  const tokens = countTokens(text)
  if (tokens > manifestTokens)
    return tooLargeFile(file, `${tokens} names, values and marks`, `${manifestTokens}`, 'manifest')
  const tree = parseTextToTree(text)
  if (tree === 'too deep') return brokenFile(file, problem(`it is nested deeper than ${DEPTH_MAX} levels`))
  const locate = createLocate(tree.root, placeAt)
  const syntax = syntaxErrors(text, tree.errors, placeAt)
  try {
    const names = namesIn(tree.root, file)
    if (names.size > pictures) return tooLargeFile(file, `${names.size} pictures`, `${pictures}`, 'project')
    const styles = propertiesAt(tree.root, 'styles').length
    if (styles > LIMITS.styles) return tooLargeFile(file, `${styles} styles`, `${LIMITS.styles}`, 'manifest')
    const value = tree.root && plainValue(tree.root)
    const { manifest, errors } = readManifest(value, locate)
    // Mistakes in a file that is only half understood would be guesses.
    if (syntax.length > 0) return { file, manifest, names, locate, errors: syntax, broken: true }
    const duplicates = tree.root === undefined ? [] : duplicatesIn(tree.root)
    const twice = duplicates.slice(0, LIMITS.mistakes).map(({ path, key, first }) => {
      const name = path[0] === 'images' && path.length === 2 ? path[1]! : path.join('.')
      return createError('DEFINED_TWICE', { name }, { places: [placeAt(key.offset), placeAt(first.offset)] })
    })
    return { file, manifest, names, locate, errors: tidyErrors([...errors, ...twice]), broken: false }
  } catch (error) {
    if (!(error instanceof Unbounded)) throw error
    return brokenFile(file, problem(error.message, error.offset))
  }
}

/** The manifest of a file that gave nothing but errors. */
export function brokenFile(file: string, errors: readonly GenerateImagesError[]): ManifestFile {
  const manifest: Manifest = { defaults: {}, styles: {}, images: new Map() }
  return { file, manifest, names: new Map(), locate: () => ({ file }), errors, broken: true }
}

/** The manifest of a file that is too large to be looked at; `found` and `most` are told as they stand. */
export function tooLargeFile(
  file: string,
  found: string,
  most: string,
  of: 'manifest' | 'project',
): ManifestFile {
  return brokenFile(file, [createError('TOO_LARGE', { of, found, most }, { places: [{ file }] })])
}

// Each is a node of the tree or a mistake, of which millions take gigabytes: counted before there is a tree.
function countTokens(text: string): number {
  if (text.length <= LIMITS.manifestTokens) return text.length
  const scanner = createScanner(text, true)
  let tokens = 0
  for (; scanner.getPosition() < text.length; tokens++) scanner.scan()
  return tokens
}

function parseTextToTree(text: string): { root: Node | undefined; errors: ParseError[] } | 'too deep' {
  const errors: ParseError[] = []
  try {
    // The parser knows no byte order mark; a space in its place keeps the offsets.
    const root = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true })
    return { root, errors }
  } catch (error) {
    // The parser calls itself for each level.
    if (error instanceof RangeError) return 'too deep'
    throw error
  }
}

const propertiesAt = (root: Node | undefined, at: string) =>
  propertiesOf(propertiesOf(root).find(({ name }) => name === at)?.value)

// Names that leave the root are mistakes of their own, and nothing can lead to them.
function namesIn(root: Node | undefined, file: string): Map<string, string> {
  const folder = posix.dirname(file)
  return new Map(
    propertiesAt(root, 'images').flatMap(({ name }) => {
      const fromRoot = joinName(folder, name)
      return fromRoot === undefined ? [] : [[name, stripImageExtension(fromRoot)] as const]
    }),
  )
}
