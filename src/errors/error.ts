// The one error class. This folder knows codes, sentences and hints; it imports nothing of the project.
import { catalogue, type ErrorCode, type ErrorParams } from './catalogue.ts'

/** A place in the user's own files. `file` is relative to the project's root, with forward slashes; `line` and `column` count from 1. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/** How many errors of a list are printed; all are in `errors`. */
const SHOWN_MAX = 100
/** How many of them are in the JSON. */
const JSON_MAX = 10_000
/** The longest sentence or hint, in characters: what is quoted may be megabytes. */
const TEXT_MAX = 2_000

/** What an error is about, beside its parameters. */
export interface ErrorContext {
  /** The picture's name. */
  readonly picture?: string | undefined
  /** Where the picture was asked for, or where the mistake stands. */
  readonly places?: readonly Place[] | undefined
  readonly cause?: unknown
}

/**
 * Every failure this package reports. `message` is whole on its own (sentence, picture, places, hint), because a
 * bundler prints nothing else; the parts are there for programs.
 */
export class GenerateImagesError extends Error {
  override readonly name = 'GenerateImagesError'
  /** Stable; see the table of codes in the README. */
  readonly code: ErrorCode
  /** What happened, one sentence, without places and hint. */
  readonly sentence: string
  /** The next step. */
  readonly hint: string
  readonly picture: string | undefined
  readonly places: readonly Place[]
  /** The single errors, where this one stands for several. */
  readonly errors: readonly GenerateImagesError[]

  constructor(
    code: ErrorCode,
    sentence: string,
    hint: string,
    context: ErrorContext & { errors?: readonly GenerateImagesError[] } = {},
  ) {
    const places = context.places ?? []
    super(composeMessage(code, sentence, hint, context.picture, places), { cause: context.cause })
    this.code = code
    this.sentence = sentence
    this.hint = hint
    this.picture = context.picture
    this.places = places
    this.errors = context.errors ?? []
  }

  /** The exit status that the command line ends with for this error. */
  get exitCode(): number {
    return this.errors.length > 0
      ? this.errors.reduce((most, error) => Math.max(most, error.exitCode), 0)
      : catalogue[this.code].exit
  }

  /** Of very many errors, the first ten thousand. */
  toJSON(): object {
    const { code, sentence, hint, picture, places } = this
    return this.errors.length > 0
      ? { code, sentence, hint, errors: this.errors.slice(0, JSON_MAX).map((error) => error.toJSON()) }
      : { code, sentence, hint, ...(picture === undefined ? {} : { picture }), places }
  }
}

/** Makes the error of a code from the catalogue. */
export function createError<C extends ErrorCode>(
  code: C,
  params: ErrorParams<C>,
  context: ErrorContext = {},
): GenerateImagesError {
  const entry = catalogue[code] as { sentence(p: unknown): string; hint(p: unknown): string }
  return new GenerateImagesError(code, bounded(entry.sentence(params)), bounded(entry.hint(params)), context)
}

/** One error for a list of them: the error itself where there is only one. Its message has the first hundred. */
export function joinErrors(errors: readonly GenerateImagesError[]): GenerateImagesError {
  const flat = errors.flatMap((error) => (error.errors.length > 0 ? error.errors : [error]))
  const [first] = flat
  if (first !== undefined && flat.length === 1) return first
  const sentence = `${flat.length} errors:\n\n${messagesOf(flat, 'errors').join('\n\n')}`
  return new GenerateImagesError('SEVERAL', sentence, '', { errors: flat })
}

/** What is printed of a list: the first hundred messages, and how many more there are. `noun` is what they are called. */
export function messagesOf(errors: readonly GenerateImagesError[], noun: 'errors' | 'warnings'): string[] {
  const shown = errors.slice(0, SHOWN_MAX).map(({ message }) => message)
  return errors.length <= SHOWN_MAX ? shown : [...shown, `and ${errors.length - SHOWN_MAX} more ${noun}.`]
}

/** Throws all errors of a list as one; does nothing for an empty list. */
export function throwAll(errors: readonly GenerateImagesError[]): void {
  if (errors.length > 0) throw joinErrors(errors)
}

/** `file:line:column`, as far as known: the form that editors and terminals open. */
export function formatPlace(place: Place): string {
  return [place.file, place.line, place.column].filter((part) => part !== undefined).join(':')
}

// The middle goes: a sentence begins with what it quotes and ends with what is wrong with it.
function bounded(text: string): string {
  return text.length <= TEXT_MAX ? text : `${text.slice(0, TEXT_MAX / 2)} … ${text.slice(-TEXT_MAX / 4)}`
}

function composeMessage(
  code: ErrorCode,
  sentence: string,
  hint: string,
  picture: string | undefined,
  places: readonly Place[],
): string {
  if (code === 'SEVERAL') return sentence
  const lines = [`${picture === undefined ? '' : `${picture}: `}${sentence} [${code}]`]
  const shown = places.slice(0, 5).map(formatPlace)
  if (places.length > 5) shown.push(`${places.length - 5} more`)
  if (shown.length > 0) lines.push(`  at ${shown.join(', ')}`)
  if (hint !== '') lines.push(`  → ${hint}`)
  return lines.join('\n')
}
