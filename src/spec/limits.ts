// How large the files of a project may be: far above what people write, and small enough that whatever a commit brings
// ends in an answer, within seconds and the memory of a small machine.

/** The most of everything that the scan takes. */
export const LIMITS = {
  /** Bytes of one manifest. */
  manifestBytes: 16 * 1024 * 1024,
  /** Names, values and marks of one manifest; an entry with three fields has seventeen. */
  manifestTokens: 3_000_000,
  /** Bytes of one source file; larger ones are told and not scanned. */
  sourceBytes: 8 * 1024 * 1024,
  /** Pictures that one project asks for. */
  pictures: 100_000,
  /** Imports that one project has. */
  imports: 100_000,
  /** Pictures that those imports give together: an import of a whole manifest gives all of it. */
  uses: 250_000,
  /** Styles of one manifest. */
  styles: 1_000,
  /** Mistakes that are looked for in one manifest. */
  mistakes: 10_000,
} as const

/** `16 MB`, in powers of two, rounded up. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MB`
}
