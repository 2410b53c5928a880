import { createError, type ErrorContext } from '../errors/index.ts'
import type { Json } from '../spec/key.ts'
import { decodeBase64 } from './base64.ts'
import { parseJson } from './json.ts'
import { type Lifted, liftPictures } from './lift.ts'
import { classify } from './outcome.ts'
import { createRedactor, type Redactor } from './redact.ts'
import type { Failed } from './reply.ts'
import { createScrubber, type Scrub } from './scrub.ts'
import { type Answer, answerSchema, errorBodySchema, type Usage } from './wire.ts'

/** One picture of an answer. `answer` is what is worth keeping in its record: no bytes and no links. */
export type AnsweredPicture = (
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'url'; readonly url: string }
) & { readonly revisedPrompt?: string; readonly answer: Readonly<Record<string, Json>> }

/** The pictures of an answer; at least one. */
export interface AnsweredPictures {
  readonly ok: true
  /** Seconds since 1970, as the API said. */
  readonly created?: number
  readonly pictures: readonly AnsweredPicture[]
  /** Pictures of the answer that hold neither readable base64 nor a link. */
  readonly unreadable: number
  /** Tokens of the whole request. */
  readonly usage?: Usage
  /** Whether the emulator drew them. */
  readonly emulated: boolean
}

/** What reading needs beside the body. */
export interface ReadContext {
  readonly requestId?: string | undefined
  /** Takes secrets out of the API's own words; the client's `scrub`. */
  readonly scrub?: Scrub
  /** Takes the key out of what is worth keeping; the client's `redact`. */
  readonly redact?: Redactor
  /** Pictures of the answer that lie beside it, by their place in it. */
  readonly beside?: ReadonlyMap<number, Uint8Array>
  readonly context?: ErrorContext
}

/**
 * Reads the body of a 200, now or when it lies in a file of an earlier run. A body without a single picture (a page,
 * broken JSON, no `data`, no base64) is a failure of class `unknown`: it may have been billed.
 */
export function readReply(
  raw: Uint8Array,
  contentType: string,
  about: ReadContext = {},
): AnsweredPictures | Failed {
  const { json, textOf } = liftPictures(raw)
  const answer = answerSchema.safeParse(parseJson(json)).data
  if (answer === undefined) {
    if (contentType.includes('event-stream')) return failed('with a stream that holds no picture', about)
    const page =
      contentType.includes('html') || /^\s*</.test(Buffer.from(raw.subarray(0, 64)).toString('latin1'))
    return page
      ? failed('with a page instead of a picture, as at a wrong `provider.baseURL`', about, true)
      : failed(otherJson(json, about), about)
  }
  if (answer.data.length === 0) return failed('without a single picture', about)
  const pictures = answer.data
    .map((item, index) => pictureOf(item, index, answer, textOf, about))
    .filter((picture) => picture !== undefined)
  if (pictures.length === 0) return failed('with pictures that are neither base64 nor a link', about)
  return {
    ok: true,
    pictures,
    unreadable: answer.data.length - pictures.length,
    emulated: answer.emulator !== undefined,
    ...(answer.created === undefined ? {} : { created: answer.created }),
    ...(answer.usage === undefined ? {} : { usage: answer.usage }),
  }
}

function pictureOf(
  { b64_json, url, revised_prompt }: Answer['data'][number],
  index: number,
  answer: Answer,
  textOf: Lifted['textOf'],
  { redact = createRedactor([]), beside }: ReadContext,
): AnsweredPicture | undefined {
  const about = {
    ...(revised_prompt === undefined ? {} : { revisedPrompt: redact.text(revised_prompt) }),
    answer: redact.json(keptOf(answer, revised_prompt)),
  }
  const bytes = beside?.get(index) ?? (b64_json === undefined ? undefined : decodeBase64(textOf(b64_json)))
  if (bytes !== undefined) return { kind: 'bytes', bytes, ...about }
  return url === undefined || url === '' ? undefined : { kind: 'url', url, ...about }
}

function keptOf(answer: Answer, revised_prompt: string | undefined): Record<string, Json> {
  const { created, usage, size, quality, background, output_format } = answer
  const fields = { created, usage, size, quality, background, output_format, revised_prompt }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Record<
    string,
    Json
  >
}

function otherJson(text: string, { scrub = createScrubber([]) }: ReadContext): string {
  const json = parseJson(text)
  if (json === undefined) return 'with broken JSON'
  const message = errorBodySchema.safeParse(json).data?.error.message
  return message === undefined
    ? 'with JSON that holds no pictures'
    : `with an error: ${scrub(message).replace(/[.\s]+$/, '')}`
}

function failed(what: string, { requestId, context }: ReadContext, page = false): Failed {
  const { class: name, billed } = classify({ at: 'reply' })
  const error = createError('OUTCOME_UNKNOWN', { what: `The API answered 200 ${what}`, requestId }, context)
  // A page comes from a wrong address more often than not: nothing more is risked on it.
  return { ok: false, class: name, billed, stopsRun: page, error }
}
