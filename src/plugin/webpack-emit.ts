// Finished files go around webpack and Rspack: a module of ours names each by the host's own rules and emits a few letters
// in its place, for which no other module is made, resolved and read; webpack-files.ts brings the file. What a module emits
// stays with it in every cache of the host, and in the builds that don't make it again.
import { posix, relative } from 'node:path'
import type { FileExpression } from '../embed/module.ts'
import { type AssetWords, type FinishedFile, fillName, type PathTemplate, templateOf } from './take-file.ts'
import type { AssetInfo, Compilation, Compiler, NativeBuildContext, PathData } from './webpack-compiler.ts'

/** What stands for a file follows from its content alone, so that the same bytes are one file of the output. */
const standInOf = ({ sha256, bytes }: FinishedFile) => `unplugin-generate-images ${sha256} ${bytes}`

/** What a stand-in says of its file; `undefined` for any other text. */
export function readStandIn(text: string): Pick<FinishedFile, 'sha256' | 'bytes'> | undefined {
  const [, sha256, bytes] = /^unplugin-generate-images ([0-9a-f]{64}) (\d+)$/.exec(text) ?? []
  return sha256 === undefined ? undefined : { sha256, bytes: Number(bytes) }
}

/** What was emitted: the name of the asset. */
export type Emitted = (name: string, info: AssetInfo) => void

/** Emits the stand-in of a file from the module that is loaded just now, and gives the address that the file will have. */
export function emitFrom(
  { compiler, compilation, loaderContext }: NativeBuildContext,
  words: AssetWords,
  file: FinishedFile,
  emitted: Emitted = () => {},
): FileExpression {
  const sourceFilename = relative(compiler.context, file.file).replaceAll('\\', '/')
  const hash = hashOf(compiler, file)
  const data: PathData = {
    ...{ module: loaderContext._module, filename: sourceFilename, hash, contentHash: hash },
  }
  const fill = (template: string) => filled(compilation, template, data)
  const textOf = (word: NonNullable<PathTemplate>) =>
    fill(typeof word === 'function' ? word(data) : word).path
  const { path: name, info } = fill(templateOf(words.filename, data))
  if (words.emit !== false) {
    const to = words.outputPath === undefined ? name : posix.join(textOf(words.outputPath), name)
    // No content hash is told: the host would put that of the stand-in in its place.
    const told = { ...(info.immutable && { immutable: true }), sourceFilename }
    loaderContext.emitFile(to, standInOf(file), undefined, told)
    emitted(to, told)
  }
  const expression =
    words.publicPath === undefined
      ? `__webpack_public_path__ + ${JSON.stringify(name)}`
      : JSON.stringify(textOf(words.publicPath) + name)
  return { expression }
}

/** A template with its parts filled in: here, where it has none but the usual ones, because Rspack is asked slowly. */
function filled(
  compilation: Compilation,
  template: string,
  data: PathData,
): { readonly path: string; readonly info: AssetInfo } {
  const named = fillName(template, data.filename)
  const path = named.replaceAll(/\[(?:content)?hash(?::(\d+))?\]/g, (_, length?: string) =>
    data.hash.slice(0, length === undefined ? undefined : Number(length)),
  )
  if (path.includes('[')) return compilation.getAssetPathWithInfo(template, data)
  return { path, info: { immutable: path !== named } }
}

/** What names have for the content, in the host's own letters. */
function hashOf({ webpack, options }: Compiler, { sha256 }: FinishedFile): string {
  const { hashFunction, hashSalt, hashDigest, hashDigestLength } = options.output
  const hash = webpack.util.createHash(hashFunction)
  if (hashSalt) hash.update(hashSalt)
  hash.update(sha256)
  return String(hash.digest(hashDigest)).slice(0, hashDigestLength)
}
