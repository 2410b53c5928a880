import { posix } from 'node:path'
import { MANIFEST_FILE } from '../spec/names.ts'
import { isOutside, leadsOut } from './leads-out.ts'
import { foldersAbove } from './manifest-index.ts'
import { isScannable, SCANNED_EXTENSIONS } from './specifiers/extensions.ts'
import { walk } from './walk.ts'

/** Which files of a project are scanned. Globs and folders are relative to the root; a folder stands for all in it. */
export interface FileSelection {
  /** Source files; the manifests in the same folders and above them are found with them. Unset: every folder. */
  readonly include?: readonly string[] | undefined
  /** In addition to what is never scanned. */
  readonly exclude?: readonly string[] | undefined
}

const NEVER = ['node_modules', 'generated-images']
// Folders that begin with a dot are sources where a person includes them, but for these.
const NEVER_HIDDEN = ['.git', '.output', '.next', '.nuxt', '.svelte-kit', '.astro', '.vercel', '.netlify']
const SCANNED = new RegExp(
  `(?:^|/)${MANIFEST_FILE.replaceAll('.', '\\.')}$|\\.(?:${SCANNED_EXTENSIONS.join('|')})$`,
)
const DECLARATIONS = /\.d\.[mc]?ts$/
// These words are also names of pages and modules, so they are sources where they lie below a `src`.
const OUTPUT_WORDS = new Set(['dist', 'build', 'out', 'coverage'])

/**
 * Finds the manifests and the source files of a project: sorted paths relative to `root`, with forward slashes. Output
 * folders, folders that begin with a dot and symbolic links are left out; folders that may not be read are passed over.
 */
export async function findFiles(
  root: string,
  { include, exclude = [] }: FileSelection = {},
): Promise<{ manifests: string[]; sources: string[] }> {
  const everything = include === undefined && exclude.every(isPlain)
  const found = everything ? findAll(root, exclude) : await findByGlobs(root, include, exclude)
  const files = found.filter((file) => !DECLARATIONS.test(file)).sort()
  return {
    manifests: files.filter((file) => posix.basename(file) === MANIFEST_FILE),
    sources: files.filter(isScannable),
  }
}

// What nearly every project has: all of its folders but some. The loading of globs alone would take longer.
function findAll(root: string, exclude: readonly string[]): string[] {
  const left = new Set(exclude.map(plain))
  const files = walk(
    root,
    (name, path) => !NEVER.includes(name) && !left.has(path) && !(OUTPUT_WORDS.has(name) && isOutput(path)),
  )
  return files.filter((file) => SCANNED.test(file) && !left.has(file))
}

async function findByGlobs(
  root: string,
  include: readonly string[] | undefined,
  exclude: readonly string[],
): Promise<string[]> {
  const { default: fastGlob } = await import('fast-glob')
  const included = include && (await withoutLinks(root, include))
  const patterns = included?.flatMap((pattern) => [...withContents(pattern), ...manifestsFor(pattern)]) ?? [
    `**/${MANIFEST_FILE}`,
    `**/*.{${SCANNED_EXTENSIONS.join(',')}}`,
  ]
  const found = await fastGlob(patterns, {
    cwd: root,
    ignore: [
      ...[...NEVER, ...NEVER_HIDDEN].map((folder) => `**/${folder}/**`),
      ...exclude.flatMap(withContents),
    ],
    followSymbolicLinks: false,
    suppressErrors: true,
  })
  return found.filter((file) => !isOutput(posix.dirname(file)))
}

/** Whether a pattern is the path of a file or folder, in which no sign means anything. */
function isPlain(pattern: string): boolean {
  return /^[\w.-]+(\/[\w.-]+)*$/.test(plain(pattern))
}

// A glob goes through a link that its own words name. What the root has there is meant, and not where a commit leads it.
async function withoutLinks(root: string, patterns: readonly string[]): Promise<string[]> {
  const kept = await Promise.all(
    patterns.map(async (pattern) => isOutside(baseOf(pattern)) || !(await leadsOut(root, baseOf(pattern)))),
  )
  return patterns.filter((_, index) => kept[index])
}

/** The folder or file that a pattern begins with, up to its first wildcard. */
function baseOf(pattern: string): string {
  const segments = plain(pattern).split('/')
  const dynamic = segments.findIndex((segment) => /[*?[\]{}()!+@]/.test(segment))
  return (dynamic === -1 ? segments : segments.slice(0, dynamic)).join('/')
}

function withContents(pattern: string): string[] {
  return [plain(pattern), `${plain(pattern)}/**`]
}

// A specifier's entry may stand in any folder above it.
function manifestsFor(pattern: string): string[] {
  const base = baseOf(pattern)
  return [posix.join(base, '**'), ...foldersAbove(base)].map((folder) => posix.join(folder, MANIFEST_FILE))
}

const plain = (pattern: string) => pattern.replace(/^\.\//, '').replace(/\/$/, '')

function isOutput(folder: string): boolean {
  const folders = folder.split('/')
  const output = folders.findIndex((folder) => OUTPUT_WORDS.has(folder))
  return output !== -1 && !folders.slice(0, output).includes('src')
}
