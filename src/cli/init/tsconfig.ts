// Makes TypeScript see the declarations: adds their file to the tsconfig that has the sources, and changes nothing else.
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join, posix, relative } from 'node:path'
import { findNodeAtLocation, type Node, type ParseError, parseTree } from 'jsonc-parser'
import picomatch from 'picomatch'
import type { Fence } from '../../store/index.ts'

/** What became of it; `file` is the tsconfig, from the root. */
export type TypesIncluded =
  | { readonly state: 'added' | 'there'; readonly file: string }
  /** There is a tsconfig, and what it includes can't be told from it alone. */
  | { readonly state: 'unknown'; readonly file: string }
  /** There is no tsconfig. */
  | { readonly state: 'none' }

interface Config {
  /** Absolute. */
  readonly file: string
  readonly text: string
  readonly root: Node
}

/**
 * Adds `types` (absolute) to the tsconfig.json of `root`, or to the one of its references that has the sources and lies in
 * the root too. Throws LEAVES_PROJECT.
 */
export async function includeTypes(root: string, types: string, fence: Fence): Promise<TypesIncluded> {
  const shown = (file: string) => relative(root, file).replaceAll('\\', '/')
  const main = join(root, 'tsconfig.json')
  const config = await readConfig(main)
  if (config === undefined) return { state: 'none' }
  const owner = config === 'broken' ? undefined : await ownerOf(config, root)
  if (owner === undefined) return { state: 'unknown', file: 'tsconfig.json' }
  const file = shown(owner.file)
  if (covers(owner, types)) return { state: 'there', file }
  const list = listOf(owner)
  if (list === undefined || file.startsWith('../')) return { state: 'unknown', file }
  await fence.stat(owner.file)
  await writeFile(owner.file, withItem(owner.text, list, pathFrom(owner, types)))
  return { state: 'added', file }
}

// A tsconfig that has no files of its own and only refers to others is not the one that an editor reads the sources by.
async function ownerOf(config: Config, root: string): Promise<Config | undefined> {
  const references = findNodeAtLocation(config.root, ['references'])?.children ?? []
  const hasFiles = (listOf(config)?.children?.length ?? 1) > 0
  if (hasFiles || references.length === 0) return config
  for (const reference of references) {
    const path = findNodeAtLocation(reference, ['path'])?.value
    if (typeof path !== 'string') continue
    const at = join(dirname(config.file), path)
    const referred = await readConfig(at.endsWith('.json') ? at : join(at, 'tsconfig.json'))
    if (referred === undefined || referred === 'broken') continue
    if (covers(referred, join(root, 'src/main.ts')) || covers(referred, join(root, 'main.ts')))
      return referred
  }
  return undefined
}

/** The list that decides which files are included: `include`, or `files` where there is no `include`. */
function listOf({ root }: Config): Node | undefined {
  const lists = ['include', 'files'].map((name) => findNodeAtLocation(root, [name]))
  return lists.find((node) => node?.type === 'array')
}

/** Whether a file (absolute) is included. Without a list it is what `extends` says, else all below the tsconfig. */
function covers(config: Config, file: string): boolean {
  const path = pathFrom(config, file)
  const list = listOf(config)
  if (list === undefined) {
    return findNodeAtLocation(config.root, ['extends']) === undefined && !path.startsWith('../')
  }
  return (list.children ?? []).some(({ value }) => typeof value === 'string' && matches(value, path))
}

// As TypeScript reads a pattern: one without a wildcard and an extension is a folder.
function matches(pattern: string, path: string): boolean {
  const tidy = posix.normalize(pattern).replace(/\/$/, '')
  const isFolder = !posix.basename(tidy).includes('*') && (tidy === '.' || posix.extname(tidy) === '')
  return picomatch.isMatch(path, isFolder ? posix.join(tidy, '**') : tidy)
}

function pathFrom({ file }: Config, target: string): string {
  return relative(dirname(file), target).replaceAll('\\', '/')
}

/** The text with one more item at the end of a list, set off as the first one is; everything else as it was. */
function withItem(text: string, list: Node, item: string): string {
  const items = list.children ?? []
  const [first, last] = [items[0], items.at(-1)]
  const at = last === undefined ? list.offset + 1 : last.offset + last.length
  const before = first === undefined ? '' : text.slice(list.offset + 1, first.offset)
  const gap = first === undefined ? '' : `,${/\r?\n[ \t]*$/.exec(before)?.[0] ?? ' '}`
  return text.slice(0, at) + gap + JSON.stringify(item) + text.slice(at)
}

async function readConfig(file: string): Promise<Config | 'broken' | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const errors: ParseError[] = []
  // A byte order mark is no JSON; a space in its place keeps the offsets.
  const root = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true })
  return root?.type !== 'object' || errors.length > 0 ? 'broken' : { file, text, root }
}
