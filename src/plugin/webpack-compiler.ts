// What webpack and Rspack have in common, as far as it is used here.
import { outputPathInNext } from './in-next.ts'
import type { AssetWords, NameTemplate } from './take-file.ts'

/** A hook that a plugin taps. */
export interface Hook<Args extends unknown[]> {
  tap(name: string, work: (...args: Args) => void): void
}

/** A hook whose work may be waited for. */
export interface AsyncHook<Args extends unknown[]> {
  tapPromise(name: string, work: (...args: Args) => Promise<void>): void
}

/** A request for a module, before it is taken apart. */
export interface ResolveData {
  request: string
  readonly contextInfo: { readonly issuer: string }
}

/** One run of a compiler. */
export interface Compilation {
  readonly assets: Record<string, Source>
  readonly chunks: Iterable<{ readonly auxiliaryFiles: Iterable<string> }>
  readonly emittedAssets?: { add(name: string): unknown }
  readonly hooks: {
    readonly processAssets: {
      tap(options: { readonly name: string; readonly stage: number }, work: () => void): void
    }
  }
  readonly errors: { push(error: Error): unknown }
  readonly fileDependencies: { add(file: string): unknown }
  readonly missingDependencies: { add(file: string): unknown }
  getAsset(name: string): { readonly info: AssetInfo } | undefined
  updateAsset(name: string, source: Source): void
  deleteAsset(name: string): void
  getPath(template: string, data: object): string
  getAssetPathWithInfo(template: string, data: PathData): { readonly path: string; readonly info: AssetInfo }
}

/** What an asset holds. */
export interface Source {
  source(): string | Buffer
  buffer(): Buffer
  size(): number
}

/** What is known of an asset. `immutable`: its name follows from its content. `sourceFilename`: from the compiler's context. */
export interface AssetInfo {
  readonly immutable?: boolean
  readonly sourceFilename?: string
}

/** What the parts of a name are taken from. */
export interface PathData {
  readonly module: unknown
  readonly filename: string
  readonly hash: string
  readonly contentHash: string
}

/** What a loader is run with. */
export interface LoaderContext {
  readonly _module: unknown
  emitFile(name: string, content: string, sourceMap: undefined, info: AssetInfo): void
  addDependency(file: string): void
  addMissingDependency(file: string): void
  cacheable(flag: boolean): void
}

/** What remembers files that were looked for. */
interface InputFiles {
  purge?(files: readonly string[]): void
}

/** What unplugin hands on of a build; the loader's part only in a hook that loads. */
export interface NativeBuildContext {
  readonly compiler: Compiler
  readonly compilation: Compilation
  readonly loaderContext: LoaderContext
}

type Aliases = Readonly<Record<string, unknown>>

/** A compiler, with its options filled in. */
export interface Compiler {
  readonly context: string
  readonly outputPath: string
  readonly inputFileSystem?: InputFiles | null | undefined
  readonly outputFileSystem: unknown
  readonly intermediateFileSystem: unknown
  readonly webpack: {
    readonly Compilation: {
      readonly PROCESS_ASSETS_STAGE_ADDITIONAL: number
      readonly PROCESS_ASSETS_STAGE_OPTIMIZE_HASH: number
    }
    readonly sources: { readonly CompatSource: { from(source: object): Source } }
    readonly util: {
      createHash(name: unknown): { update(text: string): unknown; digest(as?: string): unknown }
    }
  }
  readonly options: {
    readonly cache?: unknown
    readonly infrastructureLogging?: { readonly level?: string | boolean }
    readonly output: {
      readonly path?: string
      readonly publicPath?: unknown
      readonly assetModuleFilename?: NameTemplate
      readonly library?: unknown
      readonly compareBeforeEmit?: boolean
      readonly hashFunction?: unknown
      readonly hashSalt?: string
      readonly hashDigest?: string
      readonly hashDigestLength?: number
    }
    readonly resolve?: { readonly alias?: unknown }
    readonly module: {
      readonly rules: unknown[]
      readonly generator?: Readonly<Record<string, AssetWords | undefined>>
    }
  }
  readonly hooks: {
    readonly watchRun: Hook<[]>
    readonly failed: Hook<[]>
    readonly compilation: Hook<[Compilation]>
    readonly emit: {
      tap(
        options: { readonly name: string; readonly stage: number },
        work: (compilation: Compilation) => void,
      ): void
    }
    readonly normalModuleFactory: Hook<
      [{ readonly hooks: { readonly beforeResolve: AsyncHook<[ResolveData]> } }]
    >
  }
  getInfrastructureLogger(name: string): { info(line: string): void; warn(line: string): void }
}

/** What is told of all assets that are files. */
export function assetWordsOf(compiler: Compiler): AssetWords {
  const { options } = compiler
  const { generator } = options.module
  const words = { ...generator?.asset, ...generator?.['asset/resource'] }
  const filename = words.filename ?? options.output.assetModuleFilename
  const { publicPath, outputPath = outputPathInNext(compiler), emit } = words
  const told = Object.entries({ filename, publicPath, outputPath, emit }).filter(
    ([, word]) => word !== undefined,
  )
  return Object.fromEntries(told)
}

/** The aliases that lead to one folder each; the others can't be told to a scan. */
export function aliasesOf({ options }: Compiler): Readonly<Record<string, string>> {
  const alias = options.resolve?.alias ?? {}
  const entries = Array.isArray(alias)
    ? alias.map((one: { name: string; alias: unknown }) => [one.name, one.alias] as const)
    : Object.entries(alias as Aliases)
  const plain = entries.flatMap(([name, to]) => {
    const [first] = [to].flat()
    // With a `$` it stands for one module, and not for a folder.
    return typeof first === 'string' && first.startsWith('/') && !name.endsWith('$') ? [[name, first]] : []
  })
  return Object.fromEntries(plain)
}
