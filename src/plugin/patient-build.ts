import { GenerateImagesError } from '../errors/index.ts'
import type { Follow, Host } from './host.ts'
import { addressIn, writeOut } from './in-stylesheets.ts'
import type { TakeFile } from './take-file.ts'

/** A module or a stylesheet, and the errors of this build that it is the first to tell. With errors or without: it throws if it has none. */
export interface Loaded {
  readonly code: string
  readonly failed: boolean
  readonly errors: readonly Error[]
}

/**
 * Builds whose failures are told as lists of errors, each once: bundlers that go on after an error would repeat it for
 * every import, and some end their watching when the hook that begins a build fails, before they know any file.
 */
export interface PatientBuild {
  begin(): Promise<void>
  load(id: string, take: TakeFile, follow: Follow): Promise<Loaded>
  /** A stylesheet as its bundler is to read it, with files where there is a `take`; an empty one where it has mistakes. */
  writeOut(text: string, id: string, follow: Follow, take?: TakeFile): Promise<Loaded>
  /** The address that a stylesheet (absolute) has for a specifier, as `take` gives it. Throws an error that is not told yet, or a word of it. */
  address(written: string, stylesheet: string, take: TakeFile, follow: Follow): Promise<string>
  /** The errors that are not told yet. */
  untold(): readonly Error[]
}

/** Patient builds of a host. */
export function createPatientBuild(host: Host): PatientBuild {
  let failure: unknown
  const told = new Set<string>()
  const tell = (error: unknown): Error[] =>
    singleErrors(error).filter(({ message }) => {
      const known = told.has(message)
      told.add(message)
      return !known
    })
  return {
    async begin() {
      told.clear()
      failure = undefined
      await host.begin().catch((error: unknown) => {
        failure = error
      })
    },
    async load(id, take, follow) {
      try {
        return { code: await host.load(id, take, follow), failed: false, errors: [] }
      } catch (error) {
        const code = `throw new Error(${JSON.stringify(singleErrors(error)[0]?.message ?? '')})\n`
        return { code, failed: true, errors: tell(error) }
      }
    },
    async writeOut(text, id, follow, take) {
      try {
        const code = await writeOut(host, text, id, follow)
        if (take === undefined || !code.includes('generate')) return { code, failed: false, errors: [] }
        const { writeFiles } = await host.reading(id, follow)
        const files = await writeFiles(code, id, (written) =>
          addressIn(host, written, id, (module) => host.make(module, take, follow)),
        )
        return { code: files, failed: false, errors: [] }
      } catch (error) {
        return { code: '', failed: true, errors: tell(error) }
      }
    },
    async address(written, stylesheet, take, follow) {
      try {
        return await addressIn(host, written, stylesheet, (id) => host.make(id, take, follow))
      } catch (error) {
        throw tell(error)[0] ?? new Error('Another part of this build says what is wrong.')
      }
    },
    untold: () => (failure === undefined ? [] : tell(failure)),
  }
}

function singleErrors(error: unknown): readonly Error[] {
  if (error instanceof GenerateImagesError && error.errors.length > 0) return error.errors
  return [error instanceof Error ? error : new Error(String(error))]
}

/** Where the mistake of an error stands; nothing where that is no line of a file. */
export function placeOf(error: Error): { file: string; line: number; column: number } | undefined {
  const [place] = error instanceof GenerateImagesError ? error.places : []
  if (place?.line === undefined) return undefined
  return { file: place.file, line: place.line, column: place.column ?? 1 }
}
