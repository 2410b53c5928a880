// The other half of webpack-emit.ts: brings the files that stand-ins stand for. Whoever looks at the assets sees the files;
// on a disk each is one more name of the file in the cache, and the host, which finds it there, does not write it.
import nodeFs, { mkdirSync, readFileSync, unlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { sha256 as sha256Of } from '../store/hash.ts'
import { bringAll, isSameFile, type Sharing } from './bring-file.ts'
import type { AssetInfo, Compilation, Compiler, Source } from './webpack-compiler.ts'
import { type Emitted, readStandIn } from './webpack-emit.ts'

const NAME = 'unplugin-generate-images'
// A rendition in the cache, see store/renditions.ts.
const RENDITION = /\/[0-9a-f]{2}\/[0-9a-f]{64}\/[^/]+$/

/** A file that is an asset, and its content as it is given to the host. */
interface Finished {
  readonly file: string
  readonly sha256: string
  readonly source: Source
}

/** Brings the files in each compilation of a compiler and of its children; the answer is to be told what is emitted. */
export function bringFiles(compiler: Compiler): Emitted {
  // By the name of the asset. A cache of the host knows of more, but is asked slowly.
  const told = new Map<string, AssetInfo>()
  // By hash: a host that watches knows the source that it has written.
  const known = new Map<string, Finished>()
  // By the name of the asset, where that follows from the content.
  const named = new Map<string, Finished>()
  const finishedOf = (name: string, compilation: Compilation): Finished | undefined => {
    // Rspack is slow to hand over a content.
    const { sourceFilename = '', immutable } = told.get(name) ?? compilation.getAsset(name)!.info
    if (!RENDITION.test(sourceFilename)) return undefined
    const said = readStandIn(String(compilation.assets[name]!.source()))
    if (said === undefined) return undefined
    const file = resolve(compiler.context, sourceFilename)
    const source = sourceOf(compiler, file, said)
    const one = known.get(said.sha256) ?? { file, sha256: said.sha256, source }
    known.set(said.sha256, one)
    if (immutable) named.set(name, one)
    return one
  }

  compiler.hooks.compilation.tap(NAME, (compilation) => {
    const { PROCESS_ASSETS_STAGE_ADDITIONAL: first, PROCESS_ASSETS_STAGE_OPTIMIZE_HASH: hashed } =
      compiler.webpack.Compilation
    const waiting = new Map<string, Source>()
    compilation.hooks.processAssets.tap({ name: NAME, stage: first - 1 }, () => {
      const used = new Set([...compilation.chunks].flatMap((chunk) => [...chunk.auxiliaryFiles]))
      for (const name of Object.keys(compilation.assets)) {
        const finished = finishedOf(name, compilation)
        if (finished === undefined) continue
        // A module that is in no chunk, because nothing uses what it gives, has no files either.
        if (!used.has(name)) compilation.deleteAsset(name)
        else if (readsAtOnce(compilation)) compilation.updateAsset(name, finished.source)
        else {
          waiting.set(name, finished.source)
          delete compilation.assets[name]
        }
      }
    })
    // Before that, webpack would read each file to look for hashes in it.
    compilation.hooks.processAssets.tap({ name: NAME, stage: hashed + 1 }, () => {
      for (const [name, source] of waiting) compilation.assets[name] = source
    })
  })

  const { library, compareBeforeEmit } = compiler.options.output
  // Libraries are published, and npm leaves out the second name of a file that two outputs share.
  const sharing: Sharing = library === undefined ? 'link' : 'copy'
  // The last: other plugins clean the folder.
  compiler.hooks.emit.tap({ name: NAME, stage: 1e6 }, (compilation) => {
    if (!writesToDisk(compiler)) return
    const folder = compilation.getPath(compiler.outputPath, {})
    const placements = [...named].flatMap(([name, finished]) => {
      const source = compilation.assets[name]
      if (source === undefined || /[?#]/.test(name)) return []
      const to = join(folder, name)
      const isThere = isSameFile(finished.file, to)
      // What is not compared is always written.
      if (compareBeforeEmit !== false && isUntouched(source, finished))
        return isThere ? [] : [{ file: finished.file, to, name }]
      // The host would write into the file of the cache, or take it for what another plugin made.
      if (isThere) unlinkSync(to)
      return []
    })
    for (const one of new Set(placements.map(({ to }) => dirname(to)))) mkdirSync(one, { recursive: true })
    bringAll(placements, sharing)
    for (const { name } of placements) compilation.emittedAssets?.add(name)
  })
  return (name, info) => told.set(name, info)
}

/** The content of a file, read when it is asked for. */
function sourceOf(
  { webpack }: Compiler,
  file: string,
  { sha256, bytes }: { sha256: string; bytes: number },
): Source {
  const read = () => readFileSync(file)
  return webpack.sources.CompatSource.from({
    ...{ source: read, buffer: read, map: () => null, size: () => bytes },
    sourceAndMap: () => ({ source: read(), map: null }),
    updateHash: (hash: { update(text: string): void }) => hash.update(sha256),
  })
}

/** Rspack takes a content when it is given; only webpack has a set of what it wrote. */
const readsAtOnce = ({ emittedAssets }: Compilation) => emittedAssets === undefined

/** Whether an asset is still what it was given as, and no other plugin's work. */
const isUntouched = (source: Source, finished: Finished) =>
  source === finished.source || sha256Of(source.buffer()) === finished.sha256

function writesToDisk({ outputFileSystem, intermediateFileSystem }: Compiler): boolean {
  return outputFileSystem === nodeFs || outputFileSystem === intermediateFileSystem
}
